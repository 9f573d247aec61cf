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
        data == null || data.isEmpty() ? Path.of(homeOfUser(), ".local", "share") : Path.of(data);
    return ofUser.resolve("thalweg").resolve("cluster");
  }

  /** Java itself would ask the system's list of users, and not the environment. */
  private static String homeOfUser() {
    String home = System.getenv("HOME");
    return home == null || home.isEmpty() ? System.getProperty("user.home") : home;
  }
}
