package io.thalweg.testkit;

import io.thalweg.domain.detect.Anomaly;
import io.thalweg.domain.key.BatchResult;
import io.thalweg.domain.key.KeyBatch;
import io.thalweg.domain.key.KeyState;
import io.thalweg.domain.key.Outcome;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.domain.sample.Sample;
import io.thalweg.domain.window.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Runs a stream's definition in a plain unit test: no node, no threads, no waiting. Keys decide
 * here with the very code that they decide with in a node.
 *
 * <pre>{@code
 * var driver = StreamTestDriver.start(definition, Instant.parse("2026-01-01T00:00:00Z"));
 * driver.pipe("pump-1", 20.5);
 * driver.advanceEventTime(Duration.ofMinutes(1));
 * driver.pipe("pump-1", 21.5);
 * assertThat(driver.closed("pump-1")).hasSize(1);
 * }</pre>
 *
 * <p><b>Time</b> stands still but for the two methods that advance it. There are two times. The
 * <em>event time</em> is that of samples piped without one; no key's watermark moves before it has
 * a sample that is later. The <em>clock</em> is that of the node: idle timeouts and the bound on
 * the future go by it. Both start alike, and the clock is never behind.
 *
 * <p><b>Outcomes</b> are there when a method returns, and stay until {@link #forgetOutcomes}. The
 * order is that of the samples; keys that fall idle in one advance do so by their deadlines, those
 * of one deadline by name.
 *
 * <p><b>Replay</b> is part of every step: each event is also folded into a state that knows only
 * the events before it, and into one restored from the snapshot before. If one of them comes to
 * another state than the key decided, the step throws an {@link AssertionError}.
 *
 * <p>Of one thread.
 */
public final class StreamTestDriver {

  /** What an event of a key caused. */
  public record Caused(String key, Outcome outcome) {}

  private final StreamDefinition definition;
  private final Map<String, TestedKey> keys = new TreeMap<>();
  private final List<Caused> outcomes = new ArrayList<>();
  private long eventTimeNanos;
  private long clockNanos;

  private StreamTestDriver(StreamDefinition definition, long startNanos) {
    this.definition = definition;
    eventTimeNanos = startNanos;
    clockNanos = startNanos;
  }

  /**
   * A driver that has seen no sample.
   *
   * @param start the event time and the clock at first; not before 1970
   */
  public static StreamTestDriver start(StreamDefinition definition, Instant start) {
    if (start.isBefore(Instant.EPOCH)) {
      throw new IllegalArgumentException("event times are not before 1970: " + start);
    }
    return new StreamTestDriver(definition, nanos(start));
  }

  /** Counts a sample at the present event time. */
  public BatchResult pipe(String key, double value) {
    return pipe(key, eventTimeNanos, value);
  }

  /** Counts a sample at an event time of its own; the driver's stays. */
  public BatchResult pipe(String key, Instant time, double value) {
    return pipe(key, nanos(time), value);
  }

  /**
   * Counts a batch, unless its producer's number shows that it was counted before. As in a node,
   * samples before 1970, too far in the future or not finite are left out and {@link #refused}.
   *
   * @param key not empty
   */
  public BatchResult pipe(String key, KeyBatch batch) {
    if (key.isEmpty()) {
      throw new IllegalArgumentException("the key is empty");
    }
    TestedKey tested = keys.computeIfAbsent(key, name -> new TestedKey(name, definition));
    BatchResult result = tested.count(batch, clockNanos);
    take(tested);
    return result;
  }

  /**
   * Lets event time go on, and the clock with it: keys that were silent for their idle timeout
   * meanwhile close their windows.
   *
   * @param duration not negative
   */
  public void advanceEventTime(Duration duration) {
    long next = Math.addExact(eventTimeNanos, notNegative(duration));
    advanceIdleTime(duration);
    eventTimeNanos = next;
  }

  /**
   * Lets only the clock go on, as if nothing were measured anywhere: keys whose idle timeout is
   * over close their windows, each at its deadline.
   *
   * @param duration not negative
   */
  public void advanceIdleTime(Duration duration) {
    clockNanos = Math.addExact(clockNanos, notNegative(duration));
    for (TestedKey key : TestedKey.idle(keys.values(), clockNanos)) {
      key.idle();
      take(key);
    }
  }

  /** The time of the next sample that is piped without one. */
  public Instant eventTime() {
    return Instant.EPOCH.plusNanos(eventTimeNanos);
  }

  /** The node's time. */
  public Instant clock() {
    return Instant.EPOCH.plusNanos(clockNanos);
  }

  /** All that was caused, of all keys, in order. */
  public List<Caused> outcomes() {
    return List.copyOf(outcomes);
  }

  /** All that a key caused, in order. */
  public List<Outcome> outcomes(String key) {
    return outcomes.stream().filter(c -> c.key().equals(key)).map(Caused::outcome).toList();
  }

  /** The windows of a key that closed, and those told again because of late samples. */
  public List<Window> closed(String key) {
    return contents(key, Outcome.WindowClosed.class, Outcome.WindowClosed::window);
  }

  /** The windows of a key that were told of before they closed. */
  public List<Window> updated(String key) {
    return contents(key, Outcome.WindowUpdated.class, Outcome.WindowUpdated::window);
  }

  /** The anomalies of a key. */
  public List<Anomaly> anomalies(String key) {
    return contents(key, Outcome.AnomalyRaised.class, Outcome.AnomalyRaised::anomaly);
  }

  /** The samples of a key that came too late for a window. */
  public List<Sample> late(String key) {
    return contents(key, Outcome.LateSample.class, Outcome.LateSample::sample);
  }

  /** How many samples of a key were refused; they left no other trace. */
  public int refused(String key) {
    TestedKey tested = keys.get(key);
    return tested == null ? 0 : tested.refused();
  }

  /** What is known of a key; of one without samples: nothing. */
  public KeyState state(String key) {
    TestedKey tested = keys.get(key);
    return tested == null ? KeyState.empty(definition) : tested.state();
  }

  /** From here on only what comes next is told. Keys keep their states. */
  public void forgetOutcomes() {
    outcomes.clear();
  }

  private BatchResult pipe(String key, long timeNanos, double value) {
    return pipe(key, new KeyBatch("", 0, new long[] {timeNanos}, new double[] {value}));
  }

  private void take(TestedKey key) {
    key.takeOutcomes().forEach(outcome -> outcomes.add(new Caused(key.name(), outcome)));
  }

  private <O extends Outcome, T> List<T> contents(
      String key, Class<O> kind, Function<O, T> content) {
    return outcomes(key).stream().filter(kind::isInstance).map(kind::cast).map(content).toList();
  }

  private static long notNegative(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("time does not go back: " + duration);
    }
    return duration.toNanos();
  }

  private static long nanos(Instant time) {
    return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
  }
}
