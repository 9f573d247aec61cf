package io.thalweg.cli.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thalweg.client.FakeServer;
import io.thalweg.client.FakeServer.Fault;
import io.thalweg.client.FakeStore;
import io.thalweg.client.RetryPolicy;
import io.thalweg.client.ThalwegClient;
import io.thalweg.client.ThalwegException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However a run ends, further runs leave each line of the file counted once and in order. */
class FileIngestPropertyTest {
  private static final RetryPolicy QUICK =
      new RetryPolicy(
          Duration.ofMillis(1),
          Duration.ofMillis(4),
          Duration.ofSeconds(10),
          Optional.of(Duration.ofSeconds(30)));

  @TempDir Path folder;

  private final FakeStore store = new FakeStore();

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void interruptedRunsAddUpToOne(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    int lines = 600 + random.nextInt(600);
    Path file = write(folder.resolve("series.csv"), lines, -1);
    int batchSize = 1 + random.nextInt(3);
    for (int run = 0; run < 3; run++) {
      AtomicInteger left = new AtomicInteger(random.nextInt(lines / batchSize));
      assertThatThrownBy(
              () ->
                  send(
                      file,
                      batchSize,
                      true,
                      () -> left.getAndDecrement() > 0 ? Fault.NONE : Fault.REFUSED))
          .isInstanceOf(ThalwegException.class);
    }
    SplittableRandom faults = random.split();
    send(file, batchSize, true, () -> faults.nextInt(50) == 0 ? Fault.LOST_REPLY : Fault.NONE);
    assertThat(store.values("series")).containsExactlyElementsOf(numbers(lines));
  }

  @Test
  void aSecondRunFindsOnlyDuplicatesFromWhateverFolder() throws Exception {
    Path file = write(folder.resolve("series.csv"), 700, -1);
    assertThat(send(file, 1, true, () -> Fault.NONE).recorded()).isEqualTo(700);
    Path elsewhere = Files.createDirectory(folder.resolve("else")).resolve("series.csv");
    FileReport second = send(Files.copy(file, elsewhere), 1, true, () -> Fault.NONE);
    assertThat(second.recorded()).isZero();
    assertThat(second.duplicate()).isEqualTo(700);
    assertThat(second.isClean()).isTrue();
    assertThat(store.history("series", 0).getLast().getVersion()).isEqualTo(700);
  }

  @Test
  void aRunThatStoppedAtAMalformedLineGoesOnInOneThatSkipsIt() throws Exception {
    Path file = write(folder.resolve("series.csv"), 100, 41);
    FileReport first = send(file, 7, true, () -> Fault.NONE);
    assertThat(first.stopped()).isTrue();
    assertThat(first.recorded()).isEqualTo(41);
    assertThat(first.complaints()).containsExactly("series.csv:43: value 'oops' is not a number");
    FileReport second = send(file, 7, false, () -> Fault.NONE);
    assertThat(second.duplicate()).isEqualTo(41);
    assertThat(second.recorded()).isEqualTo(59);
    assertThat(second.malformed()).isEqualTo(1);
    assertThat(store.values("series")).containsExactlyElementsOf(numbers(100));
  }

  @Test
  void refusedSamplesAreNamedByLine() throws Exception {
    Path file = Files.writeString(folder.resolve("x.csv"), "key,value\na,1\nb,2\na,-3\nb,4\n");
    FileReport report = send(file, 10, true, () -> Fault.NONE);
    assertThat(report.recorded()).isEqualTo(3);
    assertThat(report.rejected()).isEqualTo(1);
    assertThat(report.complaints()).containsExactly("x.csv:4: refused: INVALID_ARGUMENT: negative");
  }

  @Test
  void aChangedFileIsAnother() throws Exception {
    Path file = write(folder.resolve("series.csv"), 10, -1);
    send(file, 5, true, () -> Fault.NONE);
    write(file, 11, -1);
    assertThat(send(file, 5, true, () -> Fault.NONE).recorded()).isEqualTo(11);
  }

  private FileReport send(Path file, int batchSize, boolean stop, Supplier<Fault> faults)
      throws IOException, InterruptedException {
    AtomicReference<FileReport> report = new AtomicReference<>();
    try (FakeServer server = FakeServer.start(store).faults(faults);
        ThalwegClient client =
            ThalwegClient.builder().endpoints(server.endpoint()).retries(QUICK).build()) {
      new FileIngest(client, "demo", Optional.empty(), batchSize, stop)
          .send(new Source(file), mapping(file), listener(report));
    }
    return Objects.requireNonNull(report.get());
  }

  private static Mapping mapping(Path file) {
    return new Mapping(
        Format.CSV,
        true,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        new Source(file).baseName(),
        new TimeParser(ZoneOffset.UTC, TimeUnit.MILLISECONDS));
  }

  private static FileIngest.Listener listener(AtomicReference<FileReport> to) {
    return new FileIngest.Listener() {
      @Override
      public void accept(long bytes) {}

      @Override
      public void report(FileReport report) {
        to.set(report);
      }
    };
  }

  /** The numbers from 0 on, with one malformed line before the number {@code bad}. */
  private static Path write(Path file, int lines, int bad) throws IOException {
    StringBuilder text = new StringBuilder("value\n");
    for (int i = 0; i < lines; i++) {
      text.append(i == bad ? "oops\n" : "").append(i).append('\n');
    }
    return Files.writeString(file, text);
  }

  private static List<Double> numbers(int count) {
    return IntStream.range(0, count).mapToObj(i -> (double) i).toList();
  }
}
