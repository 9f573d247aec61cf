package io.thalweg.cli;

import io.thalweg.cli.input.FileIngest;
import io.thalweg.cli.input.FileReport;
import io.thalweg.cli.output.Sparkline;
import io.thalweg.client.Queries;
import io.thalweg.client.ThalwegClient;
import io.thalweg.client.Updates;
import io.thalweg.v1.ReadHistoryRequest;
import io.thalweg.v1.Update;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Sends the series as anybody's client would, and then asks what has become of them. */
record DemoRun(ThalwegClient client, String stream, List<DemoSeries> series) {
  static final int STRONGEST = 10;

  private static final int SPARKLINE = 32;
  private static final int BATCH_SIZE = 1_000;
  private static final Comparator<Update> WEAKEST_FIRST =
      Comparator.comparingDouble(update -> Math.abs(update.getAnomaly().getScore()));

  DemoResult run(Progress progress) throws IOException, InterruptedException {
    long start = System.nanoTime();
    FileIngest ingest = new FileIngest(client, stream, Optional.empty(), BATCH_SIZE, true);
    for (DemoSeries one : series) {
      progress.at(one.key());
      ingest.send(one.source(), one.mapping(), new OnlyProgress(progress));
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return new DemoResult(keys(), strongest(), seconds);
  }

  private List<DemoResult.Key> keys() throws IOException {
    Queries queries = client.queries();
    List<DemoResult.Key> keys = new ArrayList<>();
    for (DemoSeries one : series) {
      double[] values = one.values();
      String sparkline = Sparkline.of(values, SPARKLINE);
      keys.add(new DemoResult.Key(queries.getKey(stream, one.key()), values.length, sparkline));
    }
    return keys;
  }

  /** At most one of each key, lest one key that is often surprised fill the list. */
  private List<Update> strongest() {
    return series.stream()
        .flatMap(one -> strongest(one.key()).stream())
        .sorted(WEAKEST_FIRST.reversed())
        .limit(STRONGEST)
        .toList();
  }

  private Optional<Update> strongest(String key) {
    Optional<Update> best = Optional.empty();
    try (Updates history = client.queries().readHistory(wholeHistory(key))) {
      while (history.hasNext()) {
        Update next = history.next();
        if (next.hasAnomaly() && best.filter(b -> WEAKEST_FIRST.compare(b, next) >= 0).isEmpty()) {
          best = Optional.of(next);
        }
      }
    }
    return best;
  }

  private ReadHistoryRequest wholeHistory(String key) {
    return ReadHistoryRequest.newBuilder().setStream(stream).setKey(key).build();
  }

  /** What became of a file is seen in the states of the keys. */
  private record OnlyProgress(Progress progress) implements FileIngest.Listener {
    @Override
    public void accept(long bytes) {
      progress.advance(bytes);
    }

    @Override
    public void report(FileReport report) {}
  }
}
