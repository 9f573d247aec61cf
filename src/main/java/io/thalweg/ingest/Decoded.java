package io.thalweg.ingest;

import io.grpc.StatusRuntimeException;
import io.thalweg.domain.sample.Batch;
import io.thalweg.v1.Rejection;
import java.util.List;

/** A request as the edge has understood it. */
sealed interface Decoded {

  /**
   * It can be delivered, without what was refused.
   *
   * @param sequence as the request has it
   * @param batch what is to be delivered; at most one series for each key
   * @param places from where in the request the series of the batch come
   * @param rejections what was refused
   */
  record Valid(long sequence, Batch batch, Places places, List<Rejection> rejections)
      implements Decoded {}

  /** The call fails, nothing of the request is delivered. */
  record Invalid(StatusRuntimeException status) implements Decoded {}
}
