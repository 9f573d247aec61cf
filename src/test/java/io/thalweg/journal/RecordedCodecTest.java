package io.thalweg.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.WireFormat;
import io.thalweg.codec.BatchCodec;
import io.thalweg.codec.OutcomeCodec;
import io.thalweg.domain.Randomized;
import io.thalweg.domain.key.KeyBatch;
import io.thalweg.domain.key.KeyEvent;
import io.thalweg.journal.v1.Batch;
import io.thalweg.journal.v1.Recorded;
import io.thalweg.journal.v1.Samples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The generated code is the measure: of every byte that is written, and of what can be read. */
class RecordedCodecTest {

  @Test
  void itWritesTheBytesThatTheGeneratedCodeWrites() {
    Randomized.rounds(
        2_000,
        random -> {
          KeyEvent.Recorded event = new RandomKeyData(new Random(random.nextLong())).recorded();
          assertThat(RecordedCodec.encode(event)).isEqualTo(generated(event).toByteArray());
        });
  }

  @Test
  void aNameOfAnyLengthAndWithAHalfCharacterIsWrittenAsTheGeneratedCodeWritesIt() {
    long[] times = {3, 1, Long.MIN_VALUE, Long.MAX_VALUE};
    double[] values = {0, -0.0, 1, Double.MAX_VALUE};
    for (String name :
        List.of("p", "p".repeat(127), "ä".repeat(64), "p".repeat(20_000), "a\ud800")) {
      KeyBatch batch = new KeyBatch(name, Long.MAX_VALUE, times, values);
      KeyBatch empty = new KeyBatch(new String(name), 1, new long[0], new double[0]);
      KeyEvent.Recorded event =
          new KeyEvent.Recorded(Optional.empty(), 0, List.of(batch, batch, empty), List.of());
      assertThat(RecordedCodec.encode(event)).isEqualTo(generated(event).toByteArray());
    }
  }

  @Test
  void itReadsWhatTheGeneratedCodeReadsFromFieldsInAnyOrderNumberAndForm() {
    Randomized.rounds(2_000, random -> assertReadAsGenerated(anyFields(random)));
  }

  @Test
  void itReadsOrRefusesDamagedBytesAsTheGeneratedCodeDoes() {
    Map<Boolean, Integer> readable = new HashMap<>();
    Randomized.rounds(
        20_000,
        random -> {
          byte[] bytes =
              random.nextBoolean()
                  ? anyFields(random)
                  : RecordedCodec.encode(
                      new RandomKeyData(new Random(random.nextLong())).recorded());
          for (int i = random.nextInt(3); i >= 0 && bytes.length > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
          }
          if (random.nextInt(4) == 0) {
            bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
          }
          readable.merge(assertReadAsGenerated(bytes), 1, Integer::sum);
        });
    assertThat(readable).containsOnlyKeys(true, false);
  }

  private static boolean assertReadAsGenerated(byte[] bytes) {
    KeyEvent.@Nullable Recorded expected = readGenerated(bytes);
    KeyEvent.@Nullable Recorded read = read(bytes);
    if (expected == null || read == null) {
      assertThat(read).isEqualTo(expected);
    } else {
      assertThat(KeyDataEquality.same(read, expected))
          .as("%s instead of %s", read, expected)
          .isTrue();
    }
    return read != null;
  }

  private static KeyEvent.@Nullable Recorded read(byte[] bytes) {
    try {
      return RecordedCodec.decode(bytes);
    } catch (IOException | IllegalArgumentException unreadable) {
      return null;
    }
  }

  private static KeyEvent.@Nullable Recorded readGenerated(byte[] bytes) {
    try {
      Recorded message = Recorded.parseFrom(bytes);
      return new KeyEvent.Recorded(
          message.hasDefinition()
              ? Optional.of(DefinitionCodec.decode(message.getDefinition()))
              : Optional.empty(),
          message.getArrivalNanos(),
          message.getBatchesList().stream().map(BatchCodec::decode).toList(),
          message.getOutcomesList().stream().map(OutcomeCodec::decode).toList());
    } catch (IOException | IllegalArgumentException unreadable) {
      return null;
    }
  }

  private static Recorded generated(KeyEvent.Recorded event) {
    Recorded.Builder message = Recorded.newBuilder().setArrivalNanos(event.arrivalNanos());
    event.definition().map(DefinitionCodec::encode).ifPresent(message::setDefinition);
    event.batches().forEach(batch -> message.addBatches(BatchCodec.encode(batch)));
    event.outcomes().forEach(outcome -> message.addOutcomes(OutcomeCodec.encode(outcome)));
    return message.build();
  }

  /**
   * An event's fields, some more than once, unpacked or unknown, one after another as they come.
   */
  private static byte[] anyFields(RandomGenerator random) {
    RandomKeyData data = new RandomKeyData(new Random(random.nextLong()));
    return written(
        out -> {
          for (int i = random.nextInt(6); i > 0; i--) {
            switch (random.nextInt(4)) {
              case 0 -> generated(data.recorded()).writeTo(out);
              case 1 -> out.writeByteArray(Recorded.BATCHES_FIELD_NUMBER, batch(random));
              case 2 -> out.writeSFixed64(Recorded.ARRIVAL_NANOS_FIELD_NUMBER, random.nextLong());
              default -> writeUnknown(out, random);
            }
          }
        });
  }

  private static byte[] batch(RandomGenerator random) {
    int size = random.nextInt(40);
    return written(
        out -> {
          for (int i = random.nextInt(3); i > 0; i--) {
            out.writeString(Batch.PRODUCER_FIELD_NUMBER, "p".repeat(i));
            out.writeUInt64(Batch.SEQUENCE_FIELD_NUMBER, 1 + random.nextInt(1_000));
          }
          int left = size;
          while (left > 0) {
            int some = random.nextInt(left + 1);
            out.writeByteArray(Batch.SAMPLES_FIELD_NUMBER, samples(random, some));
            left -= some;
            if (random.nextInt(4) == 0) {
              writeUnknown(out, random);
            }
          }
        });
  }

  private static byte[] samples(RandomGenerator random, int size) {
    Samples.Builder packed = Samples.newBuilder();
    return written(
        out -> {
          for (int i = 0; i < size; i++) {
            long delta = random.nextLong() >> random.nextInt(64);
            if (random.nextInt(4) == 0) {
              out.writeSInt64(Samples.TIME_DELTAS_FIELD_NUMBER, delta);
            } else {
              packed.addTimeDeltas(delta);
            }
            double value = random.nextDouble();
            if (random.nextInt(4) == 0) {
              out.writeDouble(Samples.VALUES_FIELD_NUMBER, value);
            } else {
              packed.addValues(value);
            }
          }
          packed.build().writeTo(out);
        });
  }

  /** Of a number that is not there yet, or of a known one in a type that it does not have. */
  private static void writeUnknown(CodedOutputStream out, RandomGenerator random)
      throws IOException {
    int number = random.nextInt(1, 20);
    switch (random.nextInt(4)) {
      case 0 -> out.writeFixed32(number, random.nextInt());
      case 1 -> out.writeUInt64(number + 20, random.nextLong());
      case 2 -> out.writeBytes(number + 20, ByteString.copyFromUtf8("unknown"));
      default -> {
        out.writeTag(number, WireFormat.WIRETYPE_START_GROUP);
        UnknownFieldSet.newBuilder()
            .addField(1, UnknownFieldSet.Field.newBuilder().addVarint(7).build())
            .build()
            .writeTo(out);
        out.writeTag(number, WireFormat.WIRETYPE_END_GROUP);
      }
    }
  }

  private interface Writing {
    void to(CodedOutputStream out) throws IOException;
  }

  private static byte[] written(Writing writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      writing.to(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
