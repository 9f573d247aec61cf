package io.thalweg.results.kafka;

import io.thalweg.journal.QueuedResults;
import io.thalweg.journal.ResultQueues;
import io.thalweg.journal.StoredQueues;
import io.thalweg.kafka.KafkaSinkStatus;
import io.thalweg.kafka.Trouble;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells one sink's results, on a thread of its own. It reads on in the journal's queues of the
 * shards that are this node's, sends what it finds to Kafka, and stores how far all of it was
 * acknowledged. So nothing is missed whatever ends when; what was sent and not yet stored is sent
 * once more, under the same result ids.
 *
 * <p>A key's results are in order: they lie in one shard's queue in the order of commits, are sent
 * in that order to one partition, and the producer never gives one up to go on with the next. After
 * a failure all that is not acknowledged is sent again, from the first on. Two senders may overlap
 * (a producer that was given up, another node that had the shard): each sends an unbroken run that
 * begins at or before what had been acknowledged, so that what arrives first of each result is in
 * order still.
 *
 * <p>Nobody waits for it: what it does not get rid of waits in the journal, up to a bound.
 */
final class SinkWorker implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(SinkWorker.class);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final Duration READ_APART = Duration.ofMillis(5);
  private static final Duration BACKOFF_MIN = Duration.ofMillis(200);

  /** Without an acknowledgement for so long the brokers are said not to answer. */
  private static final Duration SILENCE_MAX = Duration.ofSeconds(5);

  private final SinkSettings settings;
  private final ResultQueues queues;
  private final SinkShards shards;
  private final Trouble trouble;
  private final Semaphore wake = new Semaphore(0);
  private final AtomicLong results = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private final Thread thread;

  private volatile KafkaSinkStatus.State state = KafkaSinkStatus.State.STARTING;
  private volatile long oldestMillis; // written then; 0: none waits
  private volatile boolean closed;
  private long lookedNanos;
  private long storedNanos;
  private long checkedNanos;

  SinkWorker(SinkSettings settings, ResultQueues queues, ShardShare share) {
    this.settings = settings;
    this.queues = queues;
    this.shards = new SinkShards(settings.name(), queues.stored(), share);
    this.trouble =
        new Trouble(
            LOG,
            "Kafka sink '" + settings.name() + "'",
            "its results wait in the journal",
            System::nanoTime);
    this.thread = new Thread(this, "thalweg-kafka-sink-" + settings.name());
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Something may have come. Any thread may say so; never blocks. */
  void wake() {
    if (wake.availablePermits() == 0) {
      wake.release();
    }
  }

  /** Sends no more, and waits a while for what is under way. */
  void close(Duration patience) throws InterruptedException {
    closed = true;
    wake();
    thread.join(patience.toMillis());
    if (thread.isAlive()) {
      thread.interrupt();
      thread.join(1_000);
    }
  }

  /** Any thread may ask. */
  KafkaSinkStatus status(long nowMillis) {
    SinkShards.Totals totals = shards.totals();
    long oldest = oldestMillis;
    return new KafkaSinkStatus(
        settings.name(),
        settings.topic(),
        state,
        trouble.text(),
        totals.shards(),
        totals.position(),
        totals.waiting(),
        oldest == 0 ? 0 : Math.max(0, nowMillis - oldest),
        results.get(),
        failures.get(),
        totals.lost());
  }

  @Override
  public void run() {
    long pauseMillis = BACKOFF_MIN.toMillis();
    while (!closed) {
      long before = results.get();
      try {
        tell();
      } catch (InterruptedException stop) {
        return;
      } catch (RuntimeException e) {
        failures.incrementAndGet();
        state = KafkaSinkStatus.State.RETRYING;
        trouble.found(said(e));
        LOG.debug("Kafka sink {} begins again", settings.name(), e);
        storeIfPossible();
        pauseMillis =
            results.get() > before
                ? BACKOFF_MIN.toMillis()
                : Math.min(2 * pauseMillis, settings.bounds().retryBackoffMax().toMillis());
      }
      try {
        pause(pauseMillis);
      } catch (InterruptedException stop) {
        return;
      }
    }
  }

  /** What is not stored of it is told once more. */
  private void storeIfPossible() {
    try {
      shards.store();
    } catch (InterruptedException stop) {
      closed = true;
    } catch (RuntimeException e) {
      LOG.debug("Kafka sink {}: its place could not be stored", settings.name(), e);
    }
  }

  private String said(RuntimeException failure) {
    return failure instanceof SinkProducer.Failure ofKafka
        ? String.valueOf(ofKafka.getMessage())
        : "its journal can't be read: " + failure.getMessage();
  }

  private void pause(long millis) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (!closed && System.nanoTime() - end < 0) {
      Thread.sleep(Math.min(50, millis));
    }
  }

  /** Until something fails. */
  private void tell() throws InterruptedException {
    shards.startOver();
    var known = look();
    TopicCheck.trouble(settings)
        .ifPresent(
            what -> {
              throw new SinkProducer.Failure(what, null);
            });
    try (SinkProducer producer = SinkProducer.open(settings, results, this::wake)) {
      state = KafkaSinkStatus.State.RUNNING;
      trouble.isOver();
      checkedNanos = System.nanoTime();
      while (!closed) {
        producer.check();
        boolean more = send(producer);
        long now = System.nanoTime();
        if (now - storedNanos >= settings.bounds().storeEvery().toNanos()) {
          shards.store();
          storedNanos = now;
        }
        if (now - lookedNanos >= LOOK_EVERY.toNanos()) {
          shards.store();
          shards.delete();
          if (look()) {
            return;
          }
          checkSilence(producer, now);
        }
        if (!more || producer.isFull()) {
          await(now);
        }
      }
      producer.flush();
      shards.store();
    }
  }

  /** Waits until something comes or is to be done. */
  private void await(long nowNanos) throws InterruptedException {
    Thread.sleep(READ_APART.toMillis());
    long nextNanos =
        Math.min(
            settings.bounds().pollEvery().toNanos(),
            Math.min(
                storedNanos + settings.bounds().storeEvery().toNanos() - nowNanos,
                lookedNanos + LOOK_EVERY.toNanos() - nowNanos));
    var unused = wake.tryAcquire(Math.max(1, nextNanos), TimeUnit.NANOSECONDS);
    wake.drainPermits();
  }

  /** Sends what waits; returns whether there may be more. */
  private boolean send(SinkProducer producer) throws InterruptedException {
    int room = producer.room();
    if (room == 0 || shards.all().isEmpty()) {
      return false;
    }
    Map<Integer, Long> after = new HashMap<>();
    shards.all().forEach((shard, progress) -> after.put(shard, progress.read()));
    int limit = Math.max(1, room / after.size());
    Map<Integer, Integer> found = new HashMap<>();
    List<QueuedResults> events = SinkShards.await(queues.read(settings.name(), after, limit));
    for (QueuedResults event : events) {
      ShardProgress progress = shards.of(event.shard());
      if (progress != null) {
        if (progress.missingBefore(event.number()) > 0) {
          skip(progress, event);
        }
        producer.send(progress, event);
        found.merge(event.shard(), 1, Integer::sum);
      }
    }
    return found.containsValue(limit);
  }

  /** Rows are gone: another node has told them, or they were given up. If not, that is damage. */
  private void skip(ShardProgress progress, QueuedResults next) throws InterruptedException {
    long told =
        SinkShards.await(queues.stored().places(settings.name())).stream()
            .filter(place -> place.shard() == next.shard())
            .mapToLong(StoredQueues.Place::told)
            .findFirst()
            .orElse(0);
    if (told < next.number() - 1) {
      LOG.error(
          "Kafka sink {}: {} events of shard {} before number {} are missing in its queue",
          settings.name(),
          next.number() - 1 - Math.max(told, progress.read()),
          next.shard(),
          next.number());
    }
    progress.skipTo(next.number() - 1);
  }

  /** Returns whether something was given up, so that what is under way no longer counts. */
  private boolean look() throws InterruptedException {
    Map<Integer, StoredQueues.Place> places = shards.look();
    lookedNanos = System.nanoTime();
    long now = System.currentTimeMillis();
    long waiting = shards.totals().waiting();
    long oldest = Long.MAX_VALUE;
    for (ShardProgress progress : shards.all().values()) {
      oldest = Math.min(oldest, progress.oldestWrittenMillis(Long.MAX_VALUE));
    }
    if (oldest == Long.MAX_VALUE) {
      oldest = waiting == 0 ? 0 : oldestStored(now);
    }
    oldestMillis = oldest;
    long tooMany = waiting - settings.bounds().waitingMax();
    if (tooMany > 0) {
      giveUp(places, tooMany);
    }
    return tooMany > 0;
  }

  /** When the first of what waits was written, where nothing is under way. */
  private long oldestStored(long nowMillis) throws InterruptedException {
    Map<Integer, Long> after = new HashMap<>();
    shards.all().forEach((shard, progress) -> after.put(shard, progress.read()));
    return SinkShards.await(queues.read(settings.name(), after, 1)).stream()
        .mapToLong(QueuedResults::writtenMillis)
        .min()
        .orElse(nowMillis);
  }

  /** The bound is reached: of each shard the oldest go, in proportion to what waits there. */
  private void giveUp(Map<Integer, StoredQueues.Place> places, long events)
      throws InterruptedException {
    long gone = shards.giveUp(places.values(), events);
    LOG.error(
        "Kafka sink {}: more than {} events wait for it; results of the {} oldest are given up",
        settings.name(),
        settings.bounds().waitingMax(),
        gone);
    shards.startOver();
    var unused = shards.look();
  }

  /** What was sent is acknowledged in time, or it is said why not. */
  private void checkSilence(SinkProducer producer, long nowNanos) throws InterruptedException {
    long oldest = nowNanos;
    for (ShardProgress progress : shards.all().values()) {
      long sent = progress.oldestSentNanos(nowNanos);
      if (sent - oldest < 0) {
        oldest = sent;
      }
    }
    if (nowNanos - oldest < SILENCE_MAX.toNanos()) {
      if (state == KafkaSinkStatus.State.RETRYING) {
        state = KafkaSinkStatus.State.RUNNING;
        trouble.isOver();
      }
    } else if (nowNanos - checkedNanos >= SILENCE_MAX.toNanos()) {
      state = KafkaSinkStatus.State.RETRYING;
      trouble.found(
          TopicCheck.trouble(settings)
              .orElse("the " + settings.cluster() + " does not acknowledge what is sent"));
      checkedNanos = System.nanoTime();
      producer.check();
    }
  }
}
