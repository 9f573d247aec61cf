package io.thalweg.journal;

import com.typesafe.config.Config;
import io.thalweg.domain.key.IdleDeadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.AbstractActorWithTimers;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.DeleteMessagesFailure;
import org.apache.pekko.persistence.DeleteMessagesSuccess;
import org.apache.pekko.persistence.JournalProtocol;
import org.apache.pekko.persistence.NonPersistentRepr;
import org.apache.pekko.persistence.PersistentEnvelope;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.journal.Tagged;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The journal plugin, {@code thalweg.journal.rocksdb} and {@code thalweg.journal.postgres}.
 *
 * <p>Events are turned to bytes here, and committed together with those of other actors. A write
 * that does not follow the highest stored number fails, so that it can't overwrite anything. Of an
 * event that can't be serialized its number is stored, because its writer goes on with the next
 * one; every number thus has a row, and one that is missing is damage.
 *
 * <p>It speaks Pekko's journal protocol itself instead of by {@code AsyncWriteJournal}, which costs
 * each write a future, a circuit breaker and two more hops between threads: here the commit thread
 * answers the actor that wrote. A recovery is one reading for the same reason. There are no event
 * adapters of the plugin's own; an actor's are applied before an event comes here.
 */
final class JournalPlugin extends AbstractActorWithTimers {
  private static final JournalProtocol.Response ALL_STORED =
      JournalProtocol.WriteMessagesSuccessful$.MODULE$;
  private static final Duration CHECK_EVERY = Duration.ofSeconds(1);

  private enum Check {
    INSTANCE
  }

  private final JournalStore journal = JournalStore.get(getContext().getSystem());
  private final boolean publishes;
  private final WritesUnderWay underWay;

  /**
   * @param config the plugin's
   */
  JournalPlugin(Config config) {
    PluginSettings settings =
        PluginSettings.from(getContext().getSystem().settings().config(), config);
    publishes = settings.publishes();
    underWay = new WritesUnderWay(settings.writeTimeout());
    getTimers().startTimerWithFixedDelay(Check.INSTANCE, Check.INSTANCE, CHECK_EVERY);
  }

  @Override
  public Receive createReceive() {
    return receiveBuilder()
        .match(JournalProtocol.WriteMessages.class, this::write)
        .match(JournalProtocol.ReplayMessages.class, this::replay)
        .match(JournalProtocol.DeleteMessagesTo.class, this::delete)
        .matchEquals(Check.INSTANCE, check -> underWay.check(System.nanoTime()))
        .build();
  }

  private void write(JournalProtocol.WriteMessages request) {
    List<PersistentEnvelope> messages = CollectionConverters.asJava(request.messages());
    ActorRef self = getSelf();
    EventWrite write = new EventWrite((w, failure) -> answer(request, messages, w, failure, self));
    long now = System.currentTimeMillis();
    for (PersistentEnvelope message : messages) {
      if (message instanceof AtomicWrite atomic) {
        add(write, atomic, now);
      }
    }
    if (write.rows() == 0) {
      write.committed(); // there was nothing to be stored, only to be answered in order
    } else if (underWay.add(write, System.nanoTime())) {
      journal.store().submit(write);
    }
  }

  /** Tells an actor what became of its write; on whatever thread knows it. */
  private static void answer(
      JournalProtocol.WriteMessages request,
      List<PersistentEnvelope> messages,
      EventWrite write,
      @Nullable Exception failure,
      ActorRef self) {
    ActorRef writer = request.persistentActor();
    int id = request.actorInstanceId();
    writer.tell(
        failure == null
            ? ALL_STORED
            : new JournalProtocol.WriteMessagesFailed(failure, write.atomics().size()),
        self);
    int next = 0;
    for (PersistentEnvelope message : messages) {
      if (message instanceof AtomicWrite atomic) {
        EventWrite.Atomic stored = write.atomics().get(next++);
        for (PersistentRepr event : CollectionConverters.asJava(atomic.payload())) {
          writer.tell(answer(event, stored, failure, id), event.sender());
        }
      } else if (message instanceof NonPersistentRepr deferred) {
        writer.tell(
            new JournalProtocol.LoopMessageSuccess(deferred.payload(), id), deferred.sender());
      }
    }
  }

  /** A rejected event has its number; one that failed has none. */
  private static JournalProtocol.Response answer(
      PersistentRepr event, EventWrite.Atomic stored, @Nullable Exception failure, int id) {
    Exception refusal = failure == null ? stored.refusal() : failure;
    if (refusal == null) {
      return new JournalProtocol.WriteMessageSuccess(event, id);
    }
    return failure == null && stored.isUnserializable()
        ? new JournalProtocol.WriteMessageRejected(event, refusal, id)
        : new JournalProtocol.WriteMessageFailure(event, refusal, id);
  }

  private void replay(JournalProtocol.ReplayMessages request) {
    ActorRef reader = request.persistentActor();
    var unused =
        journal
            .store()
            .recover(
                request.persistenceId(),
                rows ->
                    new Replay(
                            journal.payloads(),
                            request.persistenceId(),
                            event ->
                                reader.tell(
                                    new JournalProtocol.ReplayedMessage(event),
                                    ActorRef.noSender()),
                            request.max())
                        .tell(rows, request.fromSequenceNr(), request.toSequenceNr()))
            .whenComplete(
                (highest, failure) ->
                    reader.tell(
                        failure == null
                            ? new JournalProtocol.RecoverySuccess(highest)
                            : new JournalProtocol.ReplayMessagesFailure(Completions.cause(failure)),
                        ActorRef.noSender()));
    publish(request);
  }

  private void delete(JournalProtocol.DeleteMessagesTo request) {
    long to = request.toSequenceNr();
    ActorRef asker = request.persistentActor();
    RecordWrite.DeleteEvents write = new RecordWrite.DeleteEvents(request.persistenceId(), to);
    write
        .result()
        .onComplete(
            outcome -> {
              asker.tell(
                  outcome.isSuccess()
                      ? new DeleteMessagesSuccess(to)
                      : new DeleteMessagesFailure(outcome.failed().get(), to),
                  ActorRef.noSender());
              return null;
            },
            getContext().getDispatcher());
    journal.store().submit(write);
    publish(request);
  }

  /** For those who test plugins. */
  private void publish(Object request) {
    if (publishes) {
      getContext().getSystem().eventStream().publish(request);
    }
  }

  private void add(EventWrite write, AtomicWrite message, long now) {
    String persistenceId = message.persistenceId();
    byte[] id = RowKeys.id(persistenceId);
    List<PersistentRepr> events = CollectionConverters.asJava(message.payload());
    byte[][] keys = new byte[events.size()][];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = RowKeys.row(id, events.get(i).sequenceNr());
    }
    byte[][] rows = new byte[keys.length][];
    List<IdleDeadline> deadlines = new ArrayList<>(0);
    List<QueueRow> queued = new ArrayList<>(0);
    Exception refusal = null;
    try {
      for (int i = 0; i < keys.length; i++) {
        rows[i] = row(events.get(i), now).encode(keys[i]);
        addDeadlines(deadlines, events.get(i));
        queued.addAll(
            journal
                .queues()
                .rows(
                    persistenceId,
                    events.get(i).sequenceNr(),
                    now,
                    untagged(events.get(i).payload())));
      }
    } catch (Exception e) {
      refusal = e;
      queued.clear();
      for (int i = 0; i < keys.length; i++) {
        rows[i] = Row.refused(keys[i]);
      }
    }
    write.add(persistenceId, message.lowestSequenceNr(), keys, rows, deadlines, queued, refusal);
  }

  private static void addDeadlines(List<IdleDeadline> deadlines, PersistentRepr event) {
    if (event.payload() instanceof Tagged tagged) {
      for (String tag : CollectionConverters.asJava(tagged.tags())) {
        IdleDeadline.ofTag(tag).ifPresent(deadlines::add);
      }
    }
  }

  private static Object untagged(Object payload) {
    return payload instanceof Tagged tagged ? tagged.payload() : payload;
  }

  private Row row(PersistentRepr event, long now) {
    Optional<Stored> metadata =
        event.metadata().isDefined()
            ? Optional.of(journal.payloads().store(event.metadata().get()))
            : Optional.empty();
    return new Row(
        now,
        event.writerUuid(),
        event.manifest(),
        metadata,
        journal.payloads().store(untagged(event.payload())));
  }
}
