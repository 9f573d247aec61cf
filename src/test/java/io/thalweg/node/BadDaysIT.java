package io.thalweg.node;

import static io.thalweg.node.NodeIT.assertStatus;
import static io.thalweg.node.TestNode.request;
import static io.thalweg.node.TestNode.series;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.rpc.Code;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.thalweg.v1.IngestRequest;
import io.thalweg.v1.IngestResponse;
import io.thalweg.v1.Rejection;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A damaged journal, a full disk, a message that is too large. */
class BadDaysIT {
  private static final double MARK = Double.longBitsToDouble(0x4142_4344_4546_4748L);

  @TempDir Path folder;

  @Test
  void damagedKeyStopsWithAnErrorThatNamesItAndTheOthersWork() throws Exception {
    try (TestNode node = TestNode.start(folder)) {
      node.ingest()
          .ingestBatch(request("counts", "p", 1, series("sound", 1, 1), series("hurt", 1, MARK)));
    }
    flipAByteOf(MARK);
    try (TestNode node = TestNode.start(folder)) {
      IngestResponse response =
          node.ingest()
              .ingestBatch(request("counts", "p", 2, series("hurt", 2, 1), series("sound", 2, 1)));

      assertThat(response.getRecorded()).isEqualTo(1);
      Rejection rejection = response.getRejections(0);
      assertThat(rejection.getSeriesIndex()).isZero();
      assertThat(rejection.getCode()).isEqualTo(Code.DATA_LOSS);
      assertThat(rejection.getMessage()).contains("counts/hurt", "version 1");
      assertThat(node.get("counts", "sound").getTotal().getCount()).isEqualTo(2);
      assertThatThrownBy(() -> node.get("counts", "hurt"))
          .satisfies(failure -> assertStatus(failure, Status.Code.DATA_LOSS, "counts/hurt"));
    }
  }

  @Test
  void fullDiskIsUnavailableLosesNothingAndGoesOnWhenThereIsRoom() throws Exception {
    Path disk = mountSmallDisk();
    try (TestNode node =
        TestNode.start(
            disk.resolve("data"),
            "thalweg { route.give-up-after = 2s, journal { write-buffer = 4 MiB, wal-max = 8 MiB } }")) {
      assertThat(ingest(node, 1).getRecorded()).isEqualTo(1);
      Path ballast = disk.resolve("ballast");
      long free = Files.getFileStore(disk).getUsableSpace();
      Files.write(ballast, new byte[(int) (free - (64 << 10))]);

      long sequence = 2;
      StatusRuntimeException refused = null;
      while (refused == null) {
        try {
          assertThat(ingest(node, sequence).getRecorded()).isEqualTo(1);
          sequence++;
        } catch (StatusRuntimeException failure) {
          refused = failure;
        }
      }
      assertStatus(refused, Status.Code.UNAVAILABLE, "counts/a");
      assertThat(health(node)).isEqualTo(HealthCheckResponse.ServingStatus.NOT_SERVING);

      Files.delete(ballast);
      for (int attempt = 0; attempt < 20; attempt++) {
        try {
          IngestResponse again = ingest(node, sequence);
          assertThat(again.getRecorded() + again.getDuplicate()).isEqualTo(1);
          break;
        } catch (StatusRuntimeException notYet) {
          assertStatus(notYet, Status.Code.UNAVAILABLE);
        }
      }
      assertThat(node.get("counts", "a").getTotal().getCount()).isEqualTo(sequence);
      assertThat(node.get("counts", "a").getTotal().getSum())
          .isEqualTo(sequence * (sequence + 1) / 2.0);
      assertThat(health(node)).isEqualTo(HealthCheckResponse.ServingStatus.SERVING);
    } finally {
      run("umount", disk.toString());
    }
  }

  @Test
  void messageOverTheBoundIsResourceExhausted() throws Exception {
    try (TestNode node = TestNode.start(folder, "thalweg.grpc.message-bytes-max = 64 KiB")) {
      IngestRequest large = request("counts", "p", 1, series("a", 1, new double[10_000]));

      assertThatThrownBy(() -> node.ingest().ingestBatch(large))
          .satisfies(failure -> assertStatus(failure, Status.Code.RESOURCE_EXHAUSTED, "65,536"));
      assertThat(
              node.ingest().ingestBatch(request("counts", "p", 1, series("a", 1, 1))).getRecorded())
          .isEqualTo(1);
    }
  }

  private static IngestResponse ingest(TestNode node, long sequence) {
    return node.ingest()
        .ingestBatch(request("counts", "p", sequence, series("a", sequence, (double) sequence)));
  }

  private static HealthCheckResponse.ServingStatus health(TestNode node) throws Exception {
    Thread.sleep(1_500);
    return HealthGrpc.newBlockingStub(node.channel())
        .check(HealthCheckRequest.getDefaultInstance())
        .getStatus();
  }

  /** A file system of 32 MiB, so that filling it hurts nobody. Only root may make one. */
  private Path mountSmallDisk() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    assumeTrue("root".equals(System.getProperty("user.name")), "mounting needs root");
    assertThat(run("mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", disk.toString())).isZero();
    return disk;
  }

  private static int run(String... command) throws Exception {
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }

  private void flipAByteOf(double value) throws Exception {
    byte[] mark = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(value).array();
    int flipped = 0;
    for (Path file : files()) {
      byte[] bytes = Files.readAllBytes(file);
      for (int at = 0; at + mark.length <= bytes.length; at++) {
        if (matches(bytes, at, mark)) {
          try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(at + 3);
            open.write(bytes[at + 3] ^ 1);
          }
          flipped++;
        }
      }
    }
    assertThat(flipped).as("places that hold the value").isEqualTo(1);
  }

  private List<Path> files() throws Exception {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).filter(f -> !f.toString().endsWith(".so")).toList();
    }
  }

  private static boolean matches(byte[] bytes, int at, byte[] mark) {
    for (int i = 0; i < mark.length; i++) {
      if (bytes[at + i] != mark[i]) {
        return false;
      }
    }
    return true;
  }
}
