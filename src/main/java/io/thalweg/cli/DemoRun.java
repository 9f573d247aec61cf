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
import java.util.PriorityQueue;

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

  private List<Update> strongest() {
    PriorityQueue<Update> best = new PriorityQueue<>(WEAKEST_FIRST);
    for (DemoSeries one : series) {
      try (Updates history = client.queries().readHistory(wholeHistory(one.key()))) {
        while (history.hasNext()) {
          keep(best, history.next());
        }
      }
    }
    return best.stream().sorted(WEAKEST_FIRST.reversed()).toList();
  }

  private static void keep(PriorityQueue<Update> best, Update update) {
    if (update.hasAnomaly()) {
      best.add(update);
    }
    if (best.size() > STRONGEST) {
      best.remove();
    }
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
