package io.thalweg.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thalweg.domain.key.BatchResult;
import io.thalweg.domain.key.KeyBatch;
import io.thalweg.entity.ActiveKeys;
import io.thalweg.entity.EntitySettings;
import io.thalweg.entity.KeyAccess;
import io.thalweg.entity.KeyActor;
import java.io.NotSerializableException;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The test plays the lanes of another node, and the keys of this one. */
class RelayTest {
  private final ActorTestKit kit = ActorTestKit.create();
  private final TestProbe<ShardingEnvelope<KeyActor.Command>> keys = kit.createTestProbe();
  private final TestProbe<Mail> lanes = kit.createTestProbe();
  private final KeyAccess access =
      new KeyAccess(
          keys.ref(), new ActiveKeys(new EntitySettings(100, Duration.ofSeconds(10)), () -> 0));
  private final HostedShards hosted = new HostedShards();
  private final ActorRef<Relay.Message> relay = kit.spawn(Relay.create(access, hosted));

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void handsEachParcelToItsKeyAndWhatTheyReplyBackAsOne() {
    relay.tell(new Relay.Message.Carry(List.of(parcel("s/a", 1), parcel("s/b", 2)), lanes.ref()));
    KeyActor.Command.Record a = expectRecord("s/a", 1);
    KeyActor.Command.Record b = expectRecord("s/b", 2);
    assertThat(a.replyTo()).isEqualTo(b.replyTo());

    a.replyTo().tell(new KeyActor.Reply.Unknown(1));
    b.replyTo().tell(new KeyActor.Reply.Unknown(2));
    List<KeyActor.Reply> replies = new java.util.ArrayList<>();
    while (replies.size() < 2) {
      replies.addAll(lanes.expectMessageClass(Mail.Returned.class).replies());
    }
    assertThat(replies)
        .containsExactly(new KeyActor.Reply.Unknown(1), new KeyActor.Reply.Unknown(2));
  }

  @Test
  void repliesOfDifferentLanesAreKeptApart() {
    TestProbe<Mail> others = kit.createTestProbe();
    relay.tell(new Relay.Message.Carry(List.of(parcel("s/a", 1)), lanes.ref()));
    relay.tell(new Relay.Message.Carry(List.of(parcel("s/a", 1)), others.ref()));
    KeyActor.Command.Record first = expectRecord("s/a", 1);
    KeyActor.Command.Record second = expectRecord("s/a", 1);
    second.replyTo().tell(new KeyActor.Reply.Unknown(1));
    others.expectMessageClass(Mail.Returned.class);
    lanes.expectNoMessage(Duration.ofMillis(50));
    first.replyTo().tell(new KeyActor.Reply.Unknown(1));
    lanes.expectMessageClass(Mail.Returned.class);
  }

  @Test
  void whoGathersEndsWithItsLanes() {
    relay.tell(new Relay.Message.Carry(List.of(parcel("s/a", 1)), lanes.ref()));
    ActorRef<KeyActor.Reply> returns = expectRecord("s/a", 1).replyTo();
    lanes.stop();
    keys.expectTerminated(returns);
  }

  @Test
  void tellsAllLanesWhichShardsHaveComeAndNothingOnceItLeaves() {
    hosted.hosted(3, kit.<Void>createTestProbe().ref());
    kit.system().receptionist().tell(Receptionist.register(Relay.LANES, lanes.ref()));
    assertThat(expectHosts()).containsExactly(3);

    TestProbe<Void> life = kit.createTestProbe();
    hosted.hosted(5, life.ref());
    hosted.hosted(5, life.ref());
    assertThat(expectHosts()).containsExactly(5);
    assertThat(hosted.numbers()).containsExactlyInAnyOrder(3, 5);

    life.stop();
    keys.awaitAssert(
        () -> {
          assertThat(hosted.numbers()).containsExactly(3);
          return true;
        });
    relay.tell(Relay.Message.Withdraw.INSTANCE);
    assertThat(lanes.expectMessageClass(Mail.Withdrawn.class).relay()).isEqualTo(relay);
    hosted.hosted(6, kit.<Void>createTestProbe().ref());
    lanes.expectNoMessage(Duration.ofMillis(50));
  }

  @Test
  void everyMessageBetweenNodesComesBackAsItWas() {
    List<Object> messages =
        List.of(
            new Relay.Message.Carry(List.of(parcel("s/a|b", 1), parcel("s/ä", 2)), lanes.ref()),
            new Mail.Returned(
                List.of(
                    new KeyActor.Reply.Recorded(1, List.of(new BatchResult.Counted(2, 1))),
                    new KeyActor.Reply.Unknown(2))),
            new Mail.Hosts(List.of(0, 60), relay),
            new Mail.Withdrawn(relay));
    messages.forEach(message -> kit.serializationTestKit().verifySerialization(message, true));
  }

  @Test
  void messageOfANewerVersionIsRefusedWithAReason() {
    RelaySerializer serializer =
        new RelaySerializer((ExtendedActorSystem) kit.system().classicSystem());
    assertThatThrownBy(() -> serializer.fromBinary(new byte[0], "carry-2"))
        .isInstanceOf(NotSerializableException.class)
        .hasMessageContaining("carry-2");
    assertThatThrownBy(() -> serializer.manifest(Relay.Message.Withdraw.INSTANCE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private List<Integer> expectHosts() {
    return lanes.expectMessageClass(Mail.Hosts.class).shards();
  }

  private KeyActor.Command.Record expectRecord(String entityId, long delivery) {
    ShardingEnvelope<KeyActor.Command> envelope = keys.receiveMessage();
    assertThat(envelope.entityId()).isEqualTo(entityId);
    KeyActor.Command.Record record = (KeyActor.Command.Record) envelope.message();
    assertThat(record.delivery()).isEqualTo(delivery);
    return record;
  }

  private static Relay.Parcel parcel(String entityId, long delivery) {
    return new Relay.Parcel(
        entityId, delivery, List.of(new KeyBatch("p", 1, new long[] {1}, new double[] {2})));
  }
}
