package io.thalweg.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thalweg.domain.detect.Anomaly;
import io.thalweg.domain.detect.DetectorDefinition;
import io.thalweg.domain.detect.Finding;
import io.thalweg.domain.key.BatchResult;
import io.thalweg.domain.key.IdleDeadline;
import io.thalweg.domain.key.KeyBatch;
import io.thalweg.domain.key.KeyReport;
import io.thalweg.domain.key.KeyState;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.domain.key.TimeRules;
import io.thalweg.domain.key.WindowDetector;
import io.thalweg.domain.sample.Sample;
import io.thalweg.domain.stats.Statistics;
import io.thalweg.domain.stats.Summary;
import io.thalweg.domain.window.NamedWindow;
import io.thalweg.domain.window.Window;
import io.thalweg.domain.window.WindowDefinition;
import java.io.NotSerializableException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class KeyMessageSerializerTest {
  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final Window WINDOW =
      new Window("hour", 1, 3_600, true, 2, new Summary(3, 1.5, 0.25, 0.375, 1, 2, 4.5));
  private static final KeyReport REPORT =
      new KeyReport(
          7,
          OptionalLong.of(-5),
          new Summary(4, 2, 1, 1.5, -1, 5, 8),
          List.of(WINDOW),
          3,
          Optional.of(new Sample(9, -0.0)),
          2,
          Optional.of(
              new Anomaly(
                  new Sample(8, 5),
                  4,
                  3,
                  "surprise/1",
                  "range",
                  Summary.EMPTY,
                  new Finding.OutOfRange(-1, 4, 100))));

  private final TestProbe<KeyActor.Reply> replies = KIT.createTestProbe();
  private final TestProbe<KeyActor.Answer> answers = KIT.createTestProbe();
  private final TestProbe<KeyActor.Checked> checked = KIT.createTestProbe();
  private final KeyMessageSerializer serializer =
      new KeyMessageSerializer((ExtendedActorSystem) KIT.system().classicSystem());

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @Test
  void everyMessageComesBackAsItWas() {
    List<Object> messages =
        List.of(
            new KeyActor.Command.Record(
                1,
                List.of(
                    new KeyBatch("p", 5, new long[] {3, 1, Long.MAX_VALUE}, new double[] {1, 2, 3}),
                    new KeyBatch("", 0, new long[0], new double[0])),
                replies.ref()),
            new KeyActor.Command.Query(answers.ref()),
            new KeyActor.Command.CheckIdle(checked.ref()),
            new KeyActor.Reply.Recorded(
                2,
                List.of(
                    new BatchResult.Counted(3, 1),
                    new BatchResult.Duplicate(0),
                    new BatchResult.Stale(1, 300),
                    new BatchResult.TooManyProducers(8))),
            new KeyActor.Reply.Unknown(3),
            new KeyActor.Reply.Failed(4, new KeyFailure(true, "ä")),
            new KeyActor.Answer.Known(REPORT),
            new KeyActor.Answer.Unreadable(new KeyFailure(false, "")),
            new KeyActor.Answer.TooLarge(5),
            new KeyActor.Checked(Optional.of(new IdleDeadline(6))),
            new KeyActor.Checked(Optional.empty()));
    messages.forEach(message -> KIT.serializationTestKit().verifySerialization(message, true));
  }

  @Test
  void whatOtherVersionsOfTheProgramSendIsUnderstood() throws Exception {
    assertGolden(
        "reply-1",
        "0802120c0a060a04080310010a020a00",
        new KeyActor.Reply.Recorded(
            2, List.of(new BatchResult.Counted(3, 1), new BatchResult.Counted(0, 0))));
    assertGolden("reply-1", "08031a00", new KeyActor.Reply.Unknown(3));
    assertGolden("answer-1", "1805", new KeyActor.Answer.TooLarge(5));
    assertGolden(
        "checked-1", "090600000000000000", new KeyActor.Checked(Optional.of(new IdleDeadline(6))));
  }

  @Test
  void stateOfAKeyIsToldAsItIsToldHere() throws Exception {
    StreamDefinition definition =
        new StreamDefinition(
            "s",
            List.of(
                new NamedWindow("window", new WindowDefinition.SlidingCount(4)),
                new NamedWindow("minute", new WindowDefinition.Tumbling(60_000_000_000L, 0))),
            Optional.of(new WindowDetector("window", new DetectorDefinition.ZScore(3, 2))),
            new TimeRules(0, 0, 0, 0),
            8,
            Statistics.BASIC);
    KeyState state =
        KeyState.empty(definition)
            .decide(
                definition,
                List.of(new KeyBatch("p", 1, new long[] {1, 2, 3}, new double[] {1, 2, 40})),
                5)
            .after();
    KeyActor.Answer.Known told =
        (KeyActor.Answer.Known)
            serializer.fromBinary(
                serializer.toBinary(new KeyActor.Answer.Known(state)), "answer-1");

    assertThat(state.lastAnomaly()).isPresent();
    assertThat(told.state())
        .isEqualTo(
            new KeyReport(
                state.version(),
                state.watermarkNanos(),
                state.total(),
                state.windows(),
                state.late(),
                state.last(),
                state.anomalies(),
                state.lastAnomaly()));
  }

  @Test
  void answerTooLargeForAMessageSaysSo() throws Exception {
    KeyReport large =
        new KeyReport(
            1,
            OptionalLong.empty(),
            Summary.EMPTY,
            Collections.nCopies(100_000, WINDOW),
            0,
            Optional.empty(),
            0,
            Optional.empty());
    byte[] bytes = serializer.toBinary(new KeyActor.Answer.Known(large));

    assertThat(bytes).hasSizeLessThan(100);
    assertThat(serializer.fromBinary(bytes, "answer-1"))
        .isInstanceOfSatisfying(
            KeyActor.Answer.TooLarge.class,
            tooLarge ->
                assertThat(tooLarge.bytes()).isGreaterThan(KeyMessageSerializer.ANSWER_BYTES_MAX));
  }

  @Test
  void whatIsNotKnownIsRefusedWithAReason() {
    assertThatThrownBy(() -> serializer.fromBinary(new byte[0], "record-2"))
        .isInstanceOf(NotSerializableException.class)
        .hasMessageContaining("record-2")
        .hasMessageContaining("version");
    assertThatThrownBy(() -> serializer.fromBinary(new byte[] {1, 2, 3}, "record-1"))
        .isInstanceOf(NotSerializableException.class)
        .hasMessageContaining("record-1");
    assertThatThrownBy(() -> serializer.fromBinary(new byte[0], "reply-1"))
        .isInstanceOf(NotSerializableException.class)
        .hasMessageContaining("unknown kind");
    assertThatThrownBy(() -> serializer.manifest(KeyActor.Command.Stop.INSTANCE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void assertGolden(String manifest, String hex, Object message) throws Exception {
    byte[] golden = HexFormat.of().parseHex(hex);
    assertThat(serializer.manifest(message)).isEqualTo(manifest);
    assertThat(HexFormat.of().formatHex(serializer.toBinary(message))).isEqualTo(hex);
    assertThat(serializer.fromBinary(golden, manifest)).isEqualTo(message);
  }
}
