package io.thalweg.route;

import java.util.concurrent.CompletionStage;

/** A batch that has found room and is on its way to its keys. */
public interface Admission {

  /**
   * Completed when every key has answered, or one has not answered for too long; never with an
   * exception. What hangs on it must not block.
   */
  CompletionStage<RouteResult> result();
}
