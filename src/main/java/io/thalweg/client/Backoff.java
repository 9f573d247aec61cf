package io.thalweg.client;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The waits between attempts: each doubles the one before it up to a bound, and a random half is
 * taken off, so that clients that failed together do not return together. Not thread-safe.
 */
final class Backoff {
  /** A server that asks for more is not believed. */
  static final Duration LONGEST_REQUEST = Duration.ofMinutes(1);

  private final RetryPolicy policy;
  private final RandomGenerator random;
  private int failures;

  Backoff(RetryPolicy policy, RandomGenerator random) {
    this.policy = policy;
    this.random = random;
  }

  /**
   * How long to wait after a failure.
   *
   * @param troubled how long nothing has succeeded
   * @return empty: give up
   */
  Optional<Duration> afterFailure(CallFailure failure, Duration troubled) {
    if (policy.giveUpAfter().filter(patience -> troubled.compareTo(patience) >= 0).isPresent()) {
      return Optional.empty();
    }
    Duration own = jittered(bound(failures));
    failures++;
    Duration asked = failure.retryAfter().map(d -> min(d, LONGEST_REQUEST)).orElse(Duration.ZERO);
    Duration wait = own.compareTo(asked) >= 0 ? own : asked;
    Optional<Duration> rest = policy.giveUpAfter().map(patience -> patience.minus(troubled));
    return Optional.of(rest.map(left -> min(left, wait)).orElse(wait));
  }

  void succeeded() {
    failures = 0;
  }

  private Duration bound(int failures) {
    // 2^20 first delays are over any sensible bound, and far from overflow.
    return min(policy.firstDelay().multipliedBy(1L << Math.min(failures, 20)), policy.maxDelay());
  }

  private Duration jittered(Duration bound) {
    long half = bound.toNanos() / 2;
    return Duration.ofNanos(half + random.nextLong(half + 1));
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
