package io.thalweg.client;

import io.grpc.Channel;
import io.thalweg.v1.Update;
import java.util.Iterator;

/** A stream of updates that can be asked for again where it broke off. Not thread-safe. */
sealed interface Feed permits KeyWatch, KeyHistory, KeysWatch {

  /** Asks for all that has not been accepted yet. */
  Iterator<Update> open(Channel channel);

  /** False: the update had been accepted before the stream broke off. */
  boolean accept(Update update);

  /** Whether {@link #open} may be called again after a failure, without a gap. */
  boolean resumes();

  /** Whether the server's end of the stream is the end; otherwise it is a failure. */
  boolean ends();

  /** What is being done, for messages. */
  String describe();
}
