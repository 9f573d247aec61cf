package io.thalweg.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version from the program's manifest. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version =
        Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
            .orElse("(not packaged)");
    return new String[] {
      "thalweg " + version, "Java " + Runtime.version() + ", " + System.getProperty("java.vm.name"),
    };
  }
}
