package io.thalweg.client;

import java.util.random.RandomGenerator;

/** What all that talks to a server needs: connections, patience, time and chance. */
record Wire(Connections connections, RetryPolicy retries, Time time, RandomGenerator random) {

  Backoff newBackoff() {
    return new Backoff(retries, random);
  }
}
