package io.thalweg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.thalweg.cli.input.LinesFuzz;
import io.thalweg.ingest.RequestFuzz;
import io.thalweg.journal.EventFuzz;
import io.thalweg.journal.SnapshotFuzz;
import io.thalweg.node.StreamsFuzz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What fuzzing has kept, in {@code src/test/resources/fuzz}, is read once more, and so are changes
 * of it that a seed decides. The fuzzing itself is the profile {@code fuzz}.
 */
class FuzzCorpusTest {
  private static final Path CORPORA = Path.of("src", "test", "resources", "fuzz");
  private static final int CHANGED = 2_000;
  private static final int CHANGES_MAX = 4;
  private static final int SEED = 7;
  private static final Duration ONE_MAX = Duration.ofSeconds(10);

  /** What is fuzzed; its corpus is the folder of its class' name. */
  private enum Target {
    REQUEST(RequestFuzz.class, RequestFuzz::fuzzerTestOneInput),
    EVENT(EventFuzz.class, EventFuzz::fuzzerTestOneInput),
    SNAPSHOT(SnapshotFuzz.class, SnapshotFuzz::fuzzerTestOneInput),
    LINES(LinesFuzz.class, LinesFuzz::fuzzerTestOneInput),
    STREAMS(StreamsFuzz.class, StreamsFuzz::fuzzerTestOneInput);

    private final Class<?> type;
    private final Fuzzed fuzzed;

    Target(Class<?> type, Fuzzed fuzzed) {
      this.type = type;
      this.fuzzed = fuzzed;
    }

    List<byte[]> corpus() throws IOException {
      try (Stream<Path> files = Files.list(CORPORA.resolve(type.getSimpleName()))) {
        List<Path> sorted = files.sorted().toList();
        byte[][] inputs = new byte[sorted.size()][];
        for (int i = 0; i < inputs.length; i++) {
          inputs[i] = Files.readAllBytes(sorted.get(i));
        }
        return List.of(inputs);
      }
    }
  }

  private interface Fuzzed {
    void take(byte[] input) throws Exception;
  }

  @ParameterizedTest
  @EnumSource
  void whatWasFoundIsTaken(Target target) throws Exception {
    List<byte[]> corpus = target.corpus();
    assertThat(corpus).hasSizeGreaterThan(5);
    for (byte[] input : corpus) {
      take(target, input);
    }
  }

  @ParameterizedTest
  @EnumSource
  void changesOfItAreTaken(Target target) throws Exception {
    SplittableRandom random = new SplittableRandom(SEED);
    List<byte[]> corpus = target.corpus();
    for (int i = 0; i < CHANGED; i++) {
      byte[] input = corpus.get(random.nextInt(corpus.size()));
      for (int change = random.nextInt(CHANGES_MAX); change >= 0; change--) {
        input = changed(random, input, corpus.get(random.nextInt(corpus.size())));
      }
      take(target, input);
    }
  }

  private static byte[] changed(SplittableRandom random, byte[] input, byte[] other) {
    int at = random.nextInt(input.length + 1);
    byte[] changed = input.clone();
    switch (random.nextInt(4)) {
      case 0 -> {
        return Arrays.copyOf(input, at);
      }
      case 1 -> {
        if (at < input.length) {
          changed[at] = (byte) random.nextInt();
        }
      }
      case 2 -> {
        if (at < input.length) {
          changed[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        }
      }
      default -> {
        int from = random.nextInt(other.length + 1);
        changed = Arrays.copyOf(input, at + other.length - from);
        System.arraycopy(other, from, changed, at, other.length - from);
      }
    }
    return changed;
  }

  private static void take(Target target, byte[] input) {
    try {
      assertTimeoutPreemptively(ONE_MAX, () -> target.fuzzed.take(input));
    } catch (Throwable failure) {
      throw new AssertionError(
          "%s, seed %d: %s"
              .formatted(target.type.getSimpleName(), SEED, HexFormat.of().formatHex(input)),
          failure);
    }
  }
}
