package io.thalweg.cli.bench;

import io.thalweg.cli.bench.Restarts.Restart;
import io.thalweg.client.Producer;
import io.thalweg.client.ProducerSettings;
import io.thalweg.client.RetryPolicy;
import io.thalweg.client.ThalwegClient;
import io.thalweg.v1.IngestResponse;
import io.thalweg.v1.Series;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Has a node write what its keys must read back, ends it as a crash would, and measures how soon
 * the next one on the same folder is back: again and again.
 *
 * <p>Each key gets one sample, and so one event, at a time. After a restart all keys are asked at
 * once, and one further key, prepared as they are, is sent a sample. Questions write nothing: what
 * the keys have to read is the same at each restart.
 */
public final class RestartRun {
  private static final int SERIES_PER_BATCH = 1_000;

  private final RestartPlan plan;
  private final OwnNode.Start start;
  private final Store store;
  private final RetryPolicy retries;
  private final Consumer<Runnable> undo;
  private final Consumer<String> progress;
  private final Workload workload;
  private final KeyNames names;
  private final long[] made;

  /**
   * @param start of the node, with the plan's settings
   * @param undo takes what ends a node that has been started
   * @param progress takes a line now and then, on the thread that calls {@link #run}
   */
  public RestartRun(
      RestartPlan plan,
      OwnNode.Start start,
      Store store,
      RetryPolicy retries,
      Consumer<Runnable> undo,
      Consumer<String> progress) {
    this.plan = plan;
    this.start = start;
    this.store = store;
    this.retries = retries;
    this.undo = undo;
    this.progress = progress;
    this.workload = plan.workload();
    this.names = new KeyNames("key-", plan.allKeys());
    this.made = new long[plan.allKeys()];
  }

  /**
   * Runs, once.
   *
   * @throws IOException if a node does not start
   * @throws io.thalweg.client.ThalwegException if it refuses a sample or does not answer
   */
  public Restarts run() throws IOException, InterruptedException {
    OwnNode node = launch();
    node.awaitServing();
    Findings findings = prepare(node);
    List<Restart> all = new ArrayList<>();
    for (int number = 1; number <= plan.restarts(); number++) {
      node.kill();
      long began = System.nanoTime();
      node = launch();
      node.awaitServing();
      double listening = secondsSince(began);
      try (ThalwegClient client = client(node);
          Producer producer = client.producer(settings("restart-" + number))) {
        double acked = sendOne(producer, began).join();
        findings = findings.plus(check(client, plan.keys(), plan.keys()));
        double allKeys = secondsSince(began);
        all.add(new Restart(listening, acked, allKeys));
        findings = findings.plus(check(client, plan.allKeys(), ResultCheck.FEW));
      }
      tell(number, all.getLast());
    }
    return new Restarts(all, findings);
  }

  private OwnNode launch() throws IOException {
    OwnNode node = OwnNode.launch(start, workload, store);
    undo.accept(node::close);
    return node;
  }

  private ThalwegClient client(OwnNode node) {
    return ThalwegClient.builder().endpoints(node.endpoints()).retries(retries).build();
  }

  private Findings prepare(OwnNode node) throws InterruptedException {
    try (ThalwegClient client = client(node)) {
      try (Producer producer = client.producer(settings("preparing"))) {
        for (int round = 0; round < plan.eventsPerKey(); round++) {
          sendRound(producer);
          if ((round + 1) % 50 == 0) {
            progress.accept(
                "%d of %d events of each key".formatted(round + 1, plan.eventsPerKey()));
          }
        }
      }
      Findings findings = check(client, plan.allKeys(), plan.allKeys());
      long events = (long) plan.allKeys() * plan.eventsPerKey();
      if (findings.events() != events) {
        throw new IllegalStateException(
            "the keys hold %,d events instead of %,d".formatted(findings.events(), events));
      }
      return findings;
    }
  }

  /** A sample for each key; the next round would share an event with one that is not answered. */
  private void sendRound(Producer producer) throws InterruptedException {
    List<CompletableFuture<IngestResponse>> answers = new ArrayList<>();
    for (int from = 0; from < made.length; from += SERIES_PER_BATCH) {
      int to = Math.min(made.length, from + SERIES_PER_BATCH);
      answers.add(producer.send(IntStream.range(from, to).mapToObj(this::nextSample).toList()));
    }
    answers.forEach(CompletableFuture::join);
  }

  /** Of the key that is not asked; when it was acknowledged. */
  private CompletableFuture<Double> sendOne(Producer producer, long began)
      throws InterruptedException {
    return producer.send(List.of(nextSample(plan.keys()))).thenApply(answer -> secondsSince(began));
  }

  private Series nextSample(int key) {
    long index = made[key]++;
    return Series.newBuilder()
        .setKey(names.of(key))
        .addTimeUnixNano(workload.timeNanos(key, index))
        .addValues(workload.value(key, index))
        .build();
  }

  private Findings check(ThalwegClient client, int keys, int parallel) throws InterruptedException {
    Results results = new Results.Served(client.queries(), workload.stream());
    long[] counts = Arrays.copyOf(made, keys);
    return new ResultCheck(workload, names, counts, results, 0, parallel).run();
  }

  private ProducerSettings settings(String id) {
    return ProducerSettings.of(workload.stream(), id);
  }

  private static double secondsSince(long nanoTime) {
    return (System.nanoTime() - nanoTime) / 1e9;
  }

  private void tell(int number, Restart restart) {
    progress.accept(
        String.format(
            Locale.ROOT,
            "restart %d: listens after %.2f s, first acknowledgement %.2f s, all keys %.2f s",
            number,
            restart.listening(),
            restart.firstAck(),
            restart.allKeys()));
  }
}
