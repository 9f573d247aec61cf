package io.thalweg.faults;

import io.thalweg.faults.mutant.Agent;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import net.bytebuddy.ByteBuddy;

/**
 * What is loaded into a node beside the program: a jar with the classes of {@code mutant} and none
 * else, lest the tests' own resources change the node.
 */
record TestAgent(Path jar) {

  static TestAgent write(Path folder) throws IOException, URISyntaxException {
    Path jar = folder.resolve("agent.jar");
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Premain-Class", Agent.class.getName());
    attributes.putValue("Class-Path", where(ByteBuddy.class).toUri().toString());
    Path root = where(Agent.class);
    String folderOfClasses = Agent.class.getPackageName().replace('.', '/');
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out, manifest);
        var classes = Files.list(root.resolve(folderOfClasses))) {
      for (Path one : classes.toList()) {
        entries.putNextEntry(new JarEntry(folderOfClasses + "/" + one.getFileName()));
        Files.copy(one, entries);
      }
    }
    return new TestAgent(jar);
  }

  /** The option of the JVM that loads it, with a blank behind. */
  String option(String told) {
    return "-javaagent:" + jar + "=" + told + " ";
  }

  private static Path where(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
