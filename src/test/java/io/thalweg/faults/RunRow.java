package io.thalweg.faults;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.thalweg.faults.check.Check;
import io.thalweg.faults.check.Findings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one run came to, as it stands in the document.
 *
 * @param failure why it came to no end; empty: it did, and was checked
 * @param violations of each check how many
 */
@JsonNaming(SnakeCaseStrategy.class)
record RunRow(
    long seed,
    long seconds,
    String failure,
    long batchesAcknowledged,
    long batchesUnknown,
    long samples,
    long events,
    long samplesSentAgain,
    long fencedFlushes,
    int nodeRestarts,
    long shardClaims,
    long updatesWatched,
    Map<String, Integer> violations,
    List<String> examples,
    List<Inflicted> faults) {

  /**
   * A fault that was done.
   *
   * @param healingMs from its end until every producer got something acknowledged for every key
   *     that was sent after it; -1: not in time
   */
  @JsonNaming(SnakeCaseStrategy.class)
  record Inflicted(String kind, boolean confirmed, String evidence, long healingMs) {
    static Inflicted of(String kind, String evidence, @Nullable Duration healing) {
      return new Inflicted(
          kind, !evidence.isEmpty(), evidence, healing == null ? -1 : healing.toMillis());
    }
  }

  /** Of a run that came to no end. */
  static RunRow failed(long seed, long seconds, Throwable why, List<Inflicted> faults) {
    return new RunRow(
        seed, seconds, why.toString(), 0, 0, 0, 0, 0, 0, 0, 0, 0, Map.of(), List.of(), faults);
  }

  static Map<String, Integer> counts(Findings findings) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (Check check : Check.values()) {
      counts.put(check.toString(), findings.count(check));
    }
    return counts;
  }

  @JsonIgnore
  boolean isEnded() {
    return failure.isEmpty();
  }

  @JsonIgnore
  boolean isClean() {
    return isEnded() && violationsOf() == 0;
  }

  /** How often any of these checks did not hold; none named: all. */
  int violationsOf(Check... checks) {
    if (checks.length == 0) {
      return violations.values().stream().mapToInt(count -> count).sum();
    }
    int count = 0;
    for (Check check : checks) {
      count += violations.getOrDefault(check.toString(), 0);
    }
    return count;
  }
}
