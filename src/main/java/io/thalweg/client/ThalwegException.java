package io.thalweg.client;

import io.grpc.Status;

/**
 * What the server refused for good, or what the client gave up on. The message is for people; the
 * code is gRPC's.
 */
public final class ThalwegException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Status.Code code;

  ThalwegException(Status.Code code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  ThalwegException(Status.Code code, String message) {
    super(message);
    this.code = code;
  }

  /**
   * {@code UNAVAILABLE} and {@code DEADLINE_EXCEEDED}: the outcome is unknown and a retry may
   * succeed. {@code CANCELLED}: closed or interrupted on this side. Others: the server's answer.
   */
  public Status.Code code() {
    return code;
  }

  /** The same for another caller, with the caller's own stack trace. */
  ThalwegException again() {
    return new ThalwegException(code, String.valueOf(getMessage()), this);
  }
}
