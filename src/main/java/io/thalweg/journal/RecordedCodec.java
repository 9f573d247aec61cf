package io.thalweg.journal;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.ExtensionRegistryLite;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.WireFormat;
import io.thalweg.codec.BatchReader;
import io.thalweg.codec.BatchWriter;
import io.thalweg.codec.OutcomeCodec;
import io.thalweg.domain.key.KeyBatch;
import io.thalweg.domain.key.KeyEvent;
import io.thalweg.journal.v1.Outcome;
import io.thalweg.journal.v1.Recorded;
import io.thalweg.journal.v1.StreamDefinition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of {@link Recorded}, to the last one as the generated code writes them, and read from
 * whatever it reads. Nearly all of the journal is such events, so their batches go between arrays
 * and bytes without a message in between; definitions and outcomes are rarer.
 */
final class RecordedCodec {
  private static final int TYPE_BITS = 3;

  private static final int DEFINITION =
      Recorded.DEFINITION_FIELD_NUMBER << TYPE_BITS | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  private static final int BATCH =
      Recorded.BATCHES_FIELD_NUMBER << TYPE_BITS | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  private static final int OUTCOME =
      Recorded.OUTCOMES_FIELD_NUMBER << TYPE_BITS | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  private static final int ARRIVAL =
      Recorded.ARRIVAL_NANOS_FIELD_NUMBER << TYPE_BITS | WireFormat.WIRETYPE_FIXED64;

  private static final ExtensionRegistryLite NO_EXTENSIONS =
      ExtensionRegistryLite.getEmptyRegistry();

  private RecordedCodec() {}

  static byte[] encode(KeyEvent.Recorded event) {
    @Nullable StreamDefinition definition =
        event.definition().map(DefinitionCodec::encode).orElse(null);
    BatchWriter batches = new BatchWriter(Recorded.BATCHES_FIELD_NUMBER, event.batches());
    List<Outcome> outcomes = outcomes(event.outcomes());
    int size = batches.size();
    if (definition != null) {
      size += CodedOutputStream.computeMessageSize(Recorded.DEFINITION_FIELD_NUMBER, definition);
    }
    for (Outcome outcome : outcomes) {
      size += CodedOutputStream.computeMessageSize(Recorded.OUTCOMES_FIELD_NUMBER, outcome);
    }
    if (event.arrivalNanos() != 0) {
      size +=
          CodedOutputStream.computeSFixed64Size(
              Recorded.ARRIVAL_NANOS_FIELD_NUMBER, event.arrivalNanos());
    }
    byte[] bytes = new byte[size];
    write(CodedOutputStream.newInstance(bytes), definition, batches, outcomes, event);
    return bytes;
  }

  private static void write(
      CodedOutputStream out,
      @Nullable StreamDefinition definition,
      BatchWriter batches,
      List<Outcome> outcomes,
      KeyEvent.Recorded event) {
    try {
      if (definition != null) {
        out.writeMessage(Recorded.DEFINITION_FIELD_NUMBER, definition);
      }
      batches.writeTo(out);
      for (Outcome outcome : outcomes) {
        out.writeMessage(Recorded.OUTCOMES_FIELD_NUMBER, outcome);
      }
      if (event.arrivalNanos() != 0) {
        out.writeSFixed64(Recorded.ARRIVAL_NANOS_FIELD_NUMBER, event.arrivalNanos());
      }
    } catch (IOException e) {
      throw new IllegalStateException("an event is longer than its size", e);
    }
    out.checkNoSpaceLeft();
  }

  /**
   * @throws IOException if the bytes are not an event's
   * @throws IllegalArgumentException if they are those of an event that there can't be
   */
  static KeyEvent.Recorded decode(byte[] bytes) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(bytes);
    StreamDefinition.@Nullable Builder definition = null;
    BatchReader reader = new BatchReader();
    List<KeyBatch> batches = new ArrayList<>();
    List<io.thalweg.domain.key.Outcome> outcomes = new ArrayList<>(0);
    long arrivalNanos = 0;
    boolean more = true;
    while (more) {
      int tag = in.readTag();
      switch (tag) {
        case 0 -> more = false;
        case DEFINITION -> {
          definition = definition == null ? StreamDefinition.newBuilder() : definition;
          in.readMessage(definition, NO_EXTENSIONS);
        }
        case BATCH -> batches.add(reader.read(in));
        case OUTCOME ->
            outcomes.add(OutcomeCodec.decode(in.readMessage(Outcome.parser(), NO_EXTENSIONS)));
        case ARRIVAL -> arrivalNanos = in.readSFixed64();
        default -> more = UnknownFieldSet.newBuilder().mergeFieldFrom(tag, in);
      }
    }
    in.checkLastTagWas(0);
    return new KeyEvent.Recorded(
        Optional.ofNullable(definition).map(d -> DefinitionCodec.decode(d.build())),
        arrivalNanos,
        List.copyOf(batches),
        List.copyOf(outcomes));
  }

  private static List<Outcome> outcomes(List<io.thalweg.domain.key.Outcome> outcomes) {
    return outcomes.isEmpty() ? List.of() : outcomes.stream().map(OutcomeCodec::encode).toList();
  }
}
