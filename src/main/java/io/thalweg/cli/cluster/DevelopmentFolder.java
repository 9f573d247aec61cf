package io.thalweg.cli.cluster;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where a cluster on this machine keeps its data unless it is told. */
public final class DevelopmentFolder {
  private DevelopmentFolder() {}

  /** In the build's folder of a checkout, otherwise among the user's data. */
  public static Path usual() {
    Path home = Path.of(System.getProperty("thalweg.home", "")).toAbsolutePath();
    Path target = home.getParent();
    if (target != null && target.endsWith("target") && Files.exists(target.resolve("../pom.xml"))) {
      return target.resolve("cluster");
    }
    String data = System.getenv("XDG_DATA_HOME");
    Path ofUser =
        data == null || data.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".local", "share")
            : Path.of(data);
    return ofUser.resolve("thalweg").resolve("cluster");
  }
}
