package io.thalweg.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UnreadLimitTest {
  private static final Duration MAX = Duration.ofSeconds(1);

  private final ActorTestKit kit = ActorTestKit.create();

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void whoReadsNothingIsEndedWithAReason() {
    CompletableFuture<Integer> neverRead = new CompletableFuture<>();
    CompletionStage<Done> end =
        Source.repeat(1)
            .via(UnreadLimit.of(MAX))
            .mapAsync(1, update -> neverRead)
            .runWith(Sink.ignore(), kit.system());
    assertThat(end.toCompletableFuture())
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(StatusRuntimeException.class)
        .withMessageContaining(Status.Code.RESOURCE_EXHAUSTED.name())
        .withMessageContaining("1 s")
        .withMessageContaining("thalweg.results.watch-unread-max");
  }

  @Test
  void whoWaitsForMoreIsNot() throws Exception {
    CompletionStage<Done> end =
        Source.maybe().via(UnreadLimit.of(MAX)).runWith(Sink.ignore(), kit.system());
    Thread.sleep(MAX.toMillis() * 3 / 2);
    assertThat(end.toCompletableFuture()).isNotDone();
  }

  @Test
  void settingsOutOfBoundsAreRefusedByName() {
    for (Duration wrong : new Duration[] {Duration.ofMillis(999), Duration.ofDays(2)}) {
      assertThatThrownBy(() -> new ResultsSettings(Duration.ofSeconds(1), 1, wrong, 1, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("thalweg.results.watch-unread-max")
          .hasMessageContaining(wrong.toString());
    }
  }
}
