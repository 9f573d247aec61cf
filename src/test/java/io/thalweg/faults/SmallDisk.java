package io.thalweg.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file system of its own, which can be filled up: ext4 in a file, mounted through a loop device,
 * so that syncing it syncs a disk. Needs root.
 */
final class SmallDisk implements AutoCloseable {
  private static final int BLOCK = 4096;
  private static final int ATTEMPTS = 20;

  private final Path image;
  private final Path mount;

  private SmallDisk(Path image, Path mount) {
    this.image = image;
    this.mount = mount;
  }

  static SmallDisk create(Path folder, int megabytes) throws IOException, InterruptedException {
    Path image = folder.resolve("disk.img");
    Path mount = Files.createDirectories(folder.resolve("disk"));
    Shell.run("truncate", "-s", megabytes + "M", image.toString());
    Shell.run("mkfs.ext4", "-q", "-m", "0", image.toString());
    Shell.run("mount", "-o", "loop", image.toString(), mount.toString());
    return new SmallDisk(image, mount);
  }

  Path folder() {
    return mount;
  }

  /** Writes until nothing more fits. May be called again, to take what was freed meanwhile. */
  void fill() throws IOException {
    byte[] large = new byte[1 << 20];
    byte[] small = new byte[BLOCK];
    append(large);
    append(small);
  }

  private void append(byte[] block) throws IOException {
    Path ballast = mount.resolve("ballast");
    try (OutputStream out =
        Files.newOutputStream(
            ballast,
            java.nio.file.StandardOpenOption.CREATE,
            java.nio.file.StandardOpenOption.APPEND)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      if (usableBytes() > 2L * block.length) {
        throw full;
      }
    }
  }

  long usableBytes() throws IOException {
    return Files.getFileStore(mount).getUsableSpace();
  }

  /** Makes room again. */
  void free() throws IOException {
    Files.deleteIfExists(mount.resolve("ballast"));
  }

  /** Who still has a file there gets a moment to end; then it vanishes from the tree at least. */
  @Override
  public void close() throws IOException, InterruptedException {
    try {
      unmount();
    } finally {
      Files.deleteIfExists(image);
    }
  }

  private void unmount() throws IOException, InterruptedException {
    for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
      try {
        Shell.run("umount", mount.toString());
        return;
      } catch (IOException busy) {
        Thread.sleep(500);
      }
    }
    Shell.run("umount", "--lazy", mount.toString());
  }
}
