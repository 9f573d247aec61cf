package io.thalweg.journal;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.thalweg.domain.key.EventRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.JournalProtocol;
import org.apache.pekko.persistence.Persistence;
import org.apache.pekko.persistence.PersistentEnvelope;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.persistence.SnapshotProtocol;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import org.apache.pekko.testkit.javadsl.TestKit;
import scala.concurrent.Await;
import scala.jdk.javaapi.CollectionConverters;

/** Speaks with the plugins as a persistent actor does. Closing it stops the actor system. */
public final class JournalFixture implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  public final ActorSystem system;

  private JournalFixture(ActorSystem system) {
    this.system = system;
  }

  public static JournalFixture open(Path folder) {
    return open(folder, "");
  }

  public static JournalFixture open(Path folder, String config) {
    return open(ConfigFactory.parseString(config).withFallback(TestSystems.config(folder)));
  }

  /** With the defaults where the configuration says nothing else. */
  public static JournalFixture open(Config config) {
    return new JournalFixture(
        ActorSystem.create("journal", config.withFallback(ConfigFactory.load())));
  }

  /** What became of each event. */
  public List<JournalProtocol.Response> write(String persistenceId, long first, Object... events) {
    TestKit actor = new TestKit(system);
    send(actor.getRef(), persistenceId, first, events);
    return answers(actor, events.length);
  }

  /** Sends each event as a write of its own, without waiting. */
  public void send(ActorRef actor, String persistenceId, long first, Object... events) {
    List<PersistentEnvelope> writes = new ArrayList<>();
    for (int i = 0; i < events.length; i++) {
      writes.add(
          AtomicWrite.apply(
              PersistentRepr.apply(
                      events[i], first + i, persistenceId, "", false, ActorRef.noSender(), "writer")
                  .withTimestamp(System.currentTimeMillis())));
    }
    journal()
        .tell(
            new JournalProtocol.WriteMessages(
                CollectionConverters.asScala(writes).toList(), actor, 1),
            actor);
  }

  public List<JournalProtocol.Response> answers(TestKit actor, int events) {
    List<JournalProtocol.Response> answers = new ArrayList<>();
    while (answers.size() < events) {
      JournalProtocol.Response answer =
          actor.expectMsgClass(PATIENCE, JournalProtocol.Response.class);
      if (answer instanceof JournalProtocol.WriteMessageSuccess
          || answer instanceof JournalProtocol.WriteMessageRejected
          || answer instanceof JournalProtocol.WriteMessageFailure) {
        answers.add(answer);
      }
    }
    return answers;
  }

  /** The events from a number on, those of runs one by one; what fails the replay is thrown. */
  public List<Object> replay(String persistenceId, long first) throws Throwable {
    return replayAsTold(persistenceId, first).stream()
        .<Object>mapMulti(
            (told, events) -> {
              if (told instanceof EventRun run) {
                run.events().forEach(events::accept);
              } else {
                events.accept(told);
              }
            })
        .toList();
  }

  /** The same, runs as runs. */
  List<Object> replayAsTold(String persistenceId, long first) throws Throwable {
    TestKit actor = new TestKit(system);
    journal()
        .tell(
            new JournalProtocol.ReplayMessages(
                first, Long.MAX_VALUE, Long.MAX_VALUE, persistenceId, actor.getRef()),
            actor.getRef());
    List<Object> events = new ArrayList<>();
    while (true) {
      switch (actor.expectMsgClass(PATIENCE, JournalProtocol.Response.class)) {
        case JournalProtocol.ReplayedMessage replayed ->
            events.add(replayed.persistent().payload());
        case JournalProtocol.ReplayMessagesFailure failure -> throw failure.cause();
        case JournalProtocol.RecoverySuccess success -> {
          return events;
        }
        default -> throw new AssertionError("unexpected answer to a replay");
      }
    }
  }

  public void saveSnapshot(String persistenceId, long sequence, Object snapshot) {
    expect(
        org.apache.pekko.persistence.SaveSnapshotSuccess.class,
        tryToSaveSnapshot(persistenceId, sequence, snapshot));
  }

  /** What is answered. */
  public Object tryToSaveSnapshot(String persistenceId, long sequence, Object snapshot) {
    TestKit actor = new TestKit(system);
    snapshotStore()
        .tell(
            new SnapshotProtocol.SaveSnapshot(
                new SnapshotMetadata(persistenceId, sequence, 0), snapshot),
            actor.getRef());
    return actor.receiveOne(PATIENCE);
  }

  /** What is answered to an actor that asks for its newest snapshot. */
  public SnapshotProtocol.Response loadSnapshot(String persistenceId) {
    TestKit actor = new TestKit(system);
    snapshotStore()
        .tell(
            new SnapshotProtocol.LoadSnapshot(
                persistenceId, SnapshotSelectionCriteria.latest(), Long.MAX_VALUE),
            actor.getRef());
    return actor.expectMsgClass(PATIENCE, SnapshotProtocol.Response.class);
  }

  public void deleteEvents(String persistenceId, long to) {
    expect(
        org.apache.pekko.persistence.DeleteMessagesSuccess.class,
        tryToDeleteEvents(persistenceId, to));
  }

  /** What is answered. */
  public Object tryToDeleteEvents(String persistenceId, long to) {
    TestKit actor = new TestKit(system);
    journal()
        .tell(
            new JournalProtocol.DeleteMessagesTo(persistenceId, to, actor.getRef()),
            actor.getRef());
    return actor.receiveOne(PATIENCE);
  }

  private static void expect(Class<?> type, Object answer) {
    if (!type.isInstance(answer)) {
      throw new AssertionError("expected " + type + ": " + answer);
    }
  }

  public History history() {
    return JournalStore.get(system).history();
  }

  public DueKeys dueKeys() {
    return JournalStore.get(system).dueKeys();
  }

  public ActorRef journal() {
    return Persistence.get(system).journalFor("", ConfigFactory.empty());
  }

  private ActorRef snapshotStore() {
    return Persistence.get(system).snapshotStoreFor("", ConfigFactory.empty());
  }

  @Override
  public void close() {
    system.terminate();
    try {
      Await.result(
          system.whenTerminated(), scala.concurrent.duration.Duration.create(30, TimeUnit.SECONDS));
    } catch (Exception e) {
      throw new IllegalStateException("the actor system did not stop", e);
    }
  }
}
