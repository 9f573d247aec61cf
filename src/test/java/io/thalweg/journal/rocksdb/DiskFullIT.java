package io.thalweg.journal.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.thalweg.journal.JournalFixture;
import io.thalweg.journal.RefusedWriteException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.persistence.JournalProtocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fills a small volume. Mounting one takes root on Linux. */
class DiskFullIT {
  private static final int VOLUME_MIB = 48;
  private static final String SMALL =
      """
      thalweg.journal {
        write-buffer = 4 MiB
        wal-max = 8 MiB
        reopen-backoff-min = 50 ms
        reopen-backoff-max = 200 ms
      }
      """;

  @TempDir Path mountPoint;
  private final Map<String, Integer> acknowledged = new HashMap<>();
  private final Random random = new Random(7);

  @BeforeEach
  void mount() throws Exception {
    assumeTrue(
        System.getProperty("os.name").equals("Linux")
            && "root".equals(System.getProperty("user.name")));
    run("mount", "-t", "tmpfs", "-o", "size=" + VOLUME_MIB + "m", "tmpfs", mountPoint.toString());
  }

  @AfterEach
  void unmount() throws Exception {
    run("umount", mountPoint.toString());
  }

  @Test
  void reserveIsKeptAndWritingGoesOnWithRoom() throws Throwable {
    fillAndGoOn(SMALL, "no space left");
  }

  @Test
  void volumeThatFillsUpCostsNothingAcknowledged() throws Throwable {
    fillAndGoOn(SMALL + "thalweg.journal.disk-reserve = 0", "space");
  }

  private void fillAndGoOn(String config, String reason) throws Throwable {
    Path folder = mountPoint.resolve("data");
    Path ballast = mountPoint.resolve("ballast");
    Files.write(ballast, new byte[16 << 20]);
    try (JournalFixture journal = JournalFixture.open(folder, config)) {
      assertThat(writeUntilRefused(journal)).containsIgnoringCase(reason);
      assertAllThere(journal);
      for (int i = 0; i < 200; i++) {
        write(journal, "s/" + i % 20); // some may fit, where opening again freed a little
      }
      Files.delete(ballast);
      writeUntilStored(journal);
      assertAllThere(journal);
    }
    try (JournalFixture journal = JournalFixture.open(folder, config)) {
      assertAllThere(journal);
    }
  }

  private String writeUntilRefused(JournalFixture journal) {
    for (int i = 0; i < 100_000; i++) {
      String failure = write(journal, "s/" + i % 20);
      if (!failure.isEmpty()) {
        return failure;
      }
    }
    throw new AssertionError("the volume did not fill up");
  }

  /** Writes one event, and returns why it failed; empty if it is stored. */
  private String write(JournalFixture journal, String id) {
    byte[] bytes = new byte[32_000];
    random.nextBytes(bytes);
    int version = acknowledged.getOrDefault(id, 0) + 1;
    return switch (journal.write(id, version, (Object) bytes).getFirst()) {
      case JournalProtocol.WriteMessageSuccess success -> {
        acknowledged.put(id, version);
        yield "";
      }
      case JournalProtocol.WriteMessageFailure failure -> {
        if (failure.cause() instanceof RefusedWriteException) {
          // stored by an attempt whose outcome was unknown
          acknowledged.put(id, version);
        }
        yield String.valueOf(failure.cause());
      }
      default -> throw new AssertionError("unexpected answer to a write");
    };
  }

  private void writeUntilStored(JournalFixture journal) throws InterruptedException {
    for (int i = 0; i < 200; i++) {
      if (write(journal, "s/0").isEmpty()) {
        return;
      }
      Thread.sleep(50);
    }
    throw new AssertionError("writing did not go on");
  }

  private void assertAllThere(JournalFixture journal) throws Throwable {
    for (Map.Entry<String, Integer> key : acknowledged.entrySet()) {
      assertThat(journal.replay(key.getKey(), 1)).hasSizeGreaterThanOrEqualTo(key.getValue());
    }
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).inheritIO().start();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }
}
