package io.thalweg.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.grpc.ManagedChannel;
import io.thalweg.v1.GetKeyRequest;
import io.thalweg.v1.KeyState;
import io.thalweg.v1.QueryServiceGrpc;
import java.io.BufferedWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the node while a file is being ingested, again and again; nothing may be lost or doubled.
 */
class KillIT {
  private static final int KILLS = Integer.getInteger("thalweg.it.kills", 20);
  private static final int KEYS = 100;
  private static final int ROWS = 1_000_000;
  private static final int MILLIS_TO_LIVE_MAX = 2_000;
  private static final String STREAMS =
      "thalweg.streams.s { window { sliding-count = 100 }, detector { z-score { threshold = 4, min-samples = 30 } } }";

  @TempDir Path folder;

  private final long seed = Long.getLong("thalweg.it.seed", System.nanoTime());
  private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);

  @Test
  void everySampleIsCountedOnceThoughTheNodeIsKilledTwentyTimes() throws Exception {
    System.out.println("KillIT: seed " + seed + " (-Dthalweg.it.seed=" + seed + " repeats it)");
    Oracle oracle = new Oracle();
    List<Path> files = new ArrayList<>();
    try (NodeProcess node = NodeProcess.start(folder, STREAMS)) {
      int kills = 0;
      while (kills < KILLS) {
        files.add(write(folder.resolve("samples-" + files.size() + ".csv"), oracle));
        Process ingest = ingest(node, files.getLast());
        while (ingest.isAlive() && kills < KILLS) {
          if (!ingest.waitFor(random.nextInt(MILLIS_TO_LIVE_MAX), TimeUnit.MILLISECONDS)) {
            node.kill();
            kills++;
            node.start();
          }
        }
        assertThat(ingest.waitFor(5, TimeUnit.MINUTES)).as("ingest ends").isTrue();
        assertThat(ingest.exitValue()).as(Files.readString(folder.resolve("ingest.err"))).isZero();
      }
      System.out.println("KillIT: killed " + kills + " times in " + files.size() + " files");
      Map<String, Long> versions = check(node, oracle);

      for (Path file : files) {
        assertThat(ingest(node, file).waitFor()).isZero();
      }
      assertThat(check(node, oracle)).as("versions after all was sent again").isEqualTo(versions);
      assertThat(lastReport(node).path("recorded").asLong()).isZero();
      assertThat(lastReport(node).path("duplicate").asLong()).isEqualTo(ROWS);
    }
  }

  private static JsonNode lastReport(NodeProcess node) throws Exception {
    String last = Files.readAllLines(node.output("ingest")).getLast();
    return new ObjectMapper().readTree(last).path("files").path(0);
  }

  private static Process ingest(NodeProcess node, Path file) throws Exception {
    return node.command(
        "ingest",
        "--endpoint",
        node.endpoint(),
        "--stream",
        "s",
        "--time-unit",
        "ms",
        "--timeout",
        "0",
        "--output",
        "json",
        file.toString());
  }

  private Path write(Path file, Oracle oracle) throws Exception {
    try (BufferedWriter writer = Files.newBufferedWriter(file)) {
      writer.write("key,time,value\n");
      for (int i = 0; i < ROWS; i++) {
        String key = "k" + random.nextInt(KEYS);
        double value = 1_000 + random.nextGaussian();
        oracle.add(key, value);
        writer.write(key + ',' + (1_700_000_000_000L + i) + ',' + value + '\n');
      }
    }
    return file;
  }

  private static Map<String, Long> check(NodeProcess node, Oracle oracle) {
    ManagedChannel channel = node.channel();
    try {
      Map<String, Long> versions = new HashMap<>();
      for (String key : oracle.keys()) {
        KeyState state =
            QueryServiceGrpc.newBlockingStub(channel)
                .getKey(GetKeyRequest.newBuilder().setStream("s").setKey(key).build());
        oracle.check(key, state.getTotal());
        versions.put(key, state.getVersion());
      }
      return versions;
    } finally {
      channel.shutdownNow();
    }
  }
}
