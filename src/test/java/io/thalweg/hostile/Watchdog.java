package io.thalweg.hostile;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.TimeUnit;

/** Ends what may block for ever. */
final class Watchdog {
  private Watchdog() {}

  /**
   * @param deadline by {@link System#nanoTime}
   */
  static void closeAt(Socket socket, long deadline) {
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                TimeUnit.NANOSECONDS.sleep(deadline - System.nanoTime());
                socket.close();
              } catch (InterruptedException | IOException over) {
                // Nothing is left to end.
              }
            });
  }
}
