package io.thalweg.ingest.kafka;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.kafka.common.ClusterResource;
import org.apache.kafka.common.ClusterResourceListener;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;

/**
 * Whether what a consumer reads is still the topic with which it began: one that is deleted and
 * made anew has the name of the old one, but another id.
 *
 * <p>Records don't tell the id. But a consumer goes over to another topic only by an update of its
 * metadata, and tells its deserializers of each. So what is read after an update is taken only when
 * the id was asked for after it, too, and is the same; a topic that is deleted never comes back. As
 * long as there is no update, nothing is asked. Of one consumer. Thread-safe.
 */
final class TopicIdentity {
  private static final CompletionStage<Done> SAME =
      CompletableFuture.completedFuture(Done.getInstance());

  private final String topic;
  private final Uuid id;
  private final Supplier<CompletionStage<Uuid>> asked;
  private final AtomicLong updates = new AtomicLong();
  private volatile long confirmed = -1;

  /** A question under way or answered, and the updates before it. */
  private record Question(long updates, CompletionStage<Done> same) {}

  private @Nullable Question question;

  /**
   * @param id the topic's when the consumer begins
   * @param asked asks for the id of the topic that has the name now
   */
  TopicIdentity(String topic, Uuid id, Supplier<CompletionStage<Uuid>> asked) {
    this.topic = topic;
    this.id = id;
    this.asked = asked;
  }

  Uuid id() {
    return id;
  }

  /** What the consumer must have as deserializer, by which its updates are heard of. */
  ByteArrayDeserializer deserializer() {
    return new Deserializer();
  }

  /**
   * Completed when all that the consumer has handed out so far is known to be of this topic. Fails
   * with {@link TopicMadeAnewException} where it may be of another, or with what the brokers say.
   */
  CompletionStage<Done> confirm() {
    long seen = updates.get();
    if (seen == confirmed) {
      return SAME;
    }
    synchronized (this) {
      Question last = question;
      if (last == null || last.updates() != seen) {
        last = new Question(seen, ask(seen));
        question = last;
      }
      return last.same();
    }
  }

  private CompletionStage<Done> ask(long seen) {
    return asked
        .get()
        .thenApply(
            now -> {
              if (!now.equals(id)) {
                throw new CompletionException(new TopicMadeAnewException(topic, id, now));
              }
              confirmed = seen;
              return Done.getInstance();
            });
  }

  /** The next records are taken only when it was asked once more. */
  void doubt() {
    updates.incrementAndGet();
  }

  private final class Deserializer extends ByteArrayDeserializer
      implements ClusterResourceListener {
    @Override
    public void onUpdate(ClusterResource cluster) {
      doubt();
    }
  }
}
