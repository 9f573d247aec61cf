package io.thalweg.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.ClusterResource;
import org.apache.kafka.common.ClusterResourceListener;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

class TopicIdentityTest {
  private static final Uuid ID = new Uuid(1, 2);
  private static final Uuid OTHER = new Uuid(3, 4);

  private final ArrayDeque<CompletableFuture<Uuid>> questions = new ArrayDeque<>();
  private final TopicIdentity topic = new TopicIdentity("t", ID, this::ask);

  private CompletionStage<Uuid> ask() {
    CompletableFuture<Uuid> question = new CompletableFuture<>();
    questions.add(question);
    return question;
  }

  private void update() {
    ((ClusterResourceListener) topic.deserializer()).onUpdate(new ClusterResource("c"));
  }

  private CompletableFuture<?> confirm() {
    return topic.confirm().toCompletableFuture();
  }

  @Test
  void asksOnceForAllThatWaitAndThenNotBeforeAnUpdate() {
    CompletableFuture<?> first = confirm();
    CompletableFuture<?> second = confirm();
    assertThat(first).isNotDone();
    assertThat(questions).hasSize(1);
    questions.remove().complete(ID);
    assertThat(first).isCompleted();
    assertThat(second).isCompleted();
    assertThat(confirm()).isCompleted();
    assertThat(questions).isEmpty();

    update();
    assertThat(confirm()).isNotDone();
    assertThat(questions).hasSize(1);
  }

  @Test
  void answerToWhatWasAskedBeforeAnUpdateSaysNothingOfWhatIsReadAfterIt() {
    CompletableFuture<?> before = confirm();
    update();
    CompletableFuture<?> after = confirm();
    assertThat(questions).hasSize(2);
    questions.remove().complete(ID);
    assertThat(before).isCompleted();
    assertThat(after).isNotDone();
    questions.remove().complete(OTHER);
    assertThat(after).isCompletedExceptionally();
    assertThat(SourceFailure.unwrapped(after.exceptionNow()))
        .isInstanceOf(TopicMadeAnewException.class)
        .hasMessageContaining(ID.toString())
        .hasMessageContaining(OTHER.toString());
  }

  @Test
  void noAnswerFails() {
    CompletableFuture<?> asked = confirm();
    questions.remove().completeExceptionally(new IllegalStateException("silence"));
    assertThat(asked).isCompletedExceptionally();
    assertThat(SourceFailure.unwrapped(asked.exceptionNow())).hasMessage("silence");
  }
}
