package io.thalweg.client;

import java.time.Duration;
import java.util.Optional;

/**
 * How long to wait between attempts, and when to stop trying.
 *
 * @param firstDelay the wait after a first failure; each further one doubles it
 * @param maxDelay no wait is longer, unless the server asks for more
 * @param attemptTimeout an attempt that makes no progress for so long has failed
 * @param giveUpAfter trying ends when nothing has succeeded for so long; empty: never
 */
public record RetryPolicy(
    Duration firstDelay,
    Duration maxDelay,
    Duration attemptTimeout,
    Optional<Duration> giveUpAfter) {

  private static final Duration USUAL_ATTEMPT = Duration.ofSeconds(30);

  public RetryPolicy {
    requirePositive("firstDelay", firstDelay);
    requirePositive("attemptTimeout", attemptTimeout);
    giveUpAfter.ifPresent(d -> requirePositive("giveUpAfter", d));
    if (maxDelay.compareTo(firstDelay) < 0) {
      throw new IllegalArgumentException(
          "maxDelay " + maxDelay + " is less than firstDelay " + firstDelay);
    }
  }

  /** Waits 100 ms to 2 s between attempts and never gives up. */
  public static RetryPolicy forever() {
    return new RetryPolicy(
        Duration.ofMillis(100), Duration.ofSeconds(2), USUAL_ATTEMPT, Optional.empty());
  }

  /** The same, but gives up when nothing has succeeded for {@code patience}. */
  public static RetryPolicy givingUpAfter(Duration patience) {
    RetryPolicy usual = forever();
    Duration attempt = patience.compareTo(USUAL_ATTEMPT) < 0 ? patience : USUAL_ATTEMPT;
    return new RetryPolicy(usual.firstDelay, usual.maxDelay, attempt, Optional.of(patience));
  }

  private static void requirePositive(String name, Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(name + " must be positive, not " + duration);
    }
  }
}
