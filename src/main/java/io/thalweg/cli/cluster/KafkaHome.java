package io.thalweg.cli.cluster;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An installation of Kafka, or the jars of one.
 *
 * @param folder whose {@code libs} has the jars
 * @param version Kafka's
 */
public record KafkaHome(Path folder, String version) {
  private static final String JAR = "kafka_2.[0-9]*-[0-9]*.jar";

  /**
   * What lies in a folder.
   *
   * @throws ClusterException if that is no Kafka
   */
  public static KafkaHome at(Path folder) throws IOException {
    Path libs = folder.resolve("libs");
    if (Files.isDirectory(libs)) {
      try (DirectoryStream<Path> jars = Files.newDirectoryStream(libs, JAR)) {
        for (Path jar : jars) {
          String name = String.valueOf(jar.getFileName());
          if (!name.contains("-sources") && !name.contains("-test")) {
            return new KafkaHome(folder, version(name));
          }
        }
      }
    }
    throw new ClusterException("no Kafka in " + folder + ": there is no libs/kafka_2.13-….jar");
  }

  /** All of its jars, as {@code java -cp} takes them. */
  String classPath() {
    return folder.toAbsolutePath().resolve("libs").resolve("*").toString();
  }

  /** Of {@code kafka_2.13-4.3.1.jar} what stands behind Scala's. */
  private static String version(String jar) {
    return jar.substring(jar.indexOf('-') + 1, jar.length() - ".jar".length());
  }
}
