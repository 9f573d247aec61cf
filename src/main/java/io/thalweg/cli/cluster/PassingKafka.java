package io.thalweg.cli.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A Kafka of one broker for one run of a command, in a folder that passes with it. */
public final class PassingKafka {
  private static final String NAME = "kafka";
  private static final Duration START_PATIENCE = Duration.ofSeconds(60);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

  private final DevelopmentKafka kafka;
  private final Guarded process;

  private PassingKafka(DevelopmentKafka kafka, Guarded process) {
    this.kafka = kafka;
    this.process = process;
  }

  /**
   * Starts it on free ports of the loopback, and waits until it answers.
   *
   * @param folder new, and its alone
   * @param undo takes what ends the processes that have been started
   * @throws ClusterException if it ends before, or does not answer in a minute; with the end of its
   *     log
   */
  public static PassingKafka start(Path folder, KafkaHome home, Consumer<Runnable> undo)
      throws IOException, InterruptedException {
    DevelopmentKafka kafka = DevelopmentKafka.anywhere(folder, home.classPath(), Map.of());
    LogEnd log = new LogEnd();
    kafka.configure();
    int code = program(kafka.formatting(), log, undo).await();
    if (code != 0) {
      throw failure("Kafka's folder could not be formatted (code " + code + ")", log);
    }
    PassingKafka started = new PassingKafka(kafka, program(kafka.running(), log, undo));
    started.awaitReady(log);
    return started;
  }

  /** Host and port, for its clients. */
  public String bootstrap() {
    return kafka.bootstrap();
  }

  private void awaitReady(LogEnd log) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START_PATIENCE.toNanos();
    while (!kafka.answers()) {
      if (!process.isAlive()) {
        throw failure("the Kafka broker has ended with code " + process.await(), log);
      }
      if (System.nanoTime() - deadline > 0) {
        throw failure(
            "the Kafka broker does not answer within " + START_PATIENCE.toSeconds() + " s", log);
      }
    }
  }

  private static Guarded program(List<String> command, LogEnd log, Consumer<Runnable> undo)
      throws IOException {
    Guarded program = Guarded.start(NAME, "TERM", command, Map.of(), log::add);
    undo.accept(() -> program.stop(STOP_PATIENCE));
    return program;
  }

  private static ClusterException failure(String what, LogEnd log) {
    return new ClusterException(what + "; its log ends:\n" + log.text());
  }
}
