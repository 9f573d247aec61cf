package io.thalweg.journal;

import io.thalweg.domain.key.KeyEvent;
import java.io.IOException;
import java.util.Optional;

/** The bytes of events and of their rows, as the journal writes and reads them. */
public final class EventBytes {
  private static final String WRITER = "0e0d5a2c-9d6c-4f0d-8f0e-3c6a5f1f9a11";

  private final KeyEventSerializer serializer = new KeyEventSerializer();

  /** An event as it is stored. */
  public byte[] write(KeyEvent event) {
    return serializer.toBinary(event);
  }

  /** What {@link #write} wrote. */
  public Object read(byte[] bytes) throws IOException {
    return serializer.fromBinary(bytes, KeyEventSerializer.RECORDED_1);
  }

  /** A row around an event's bytes, for its key in the store. */
  public byte[] row(String persistenceId, long sequence, byte[] event) {
    Row row =
        new Row(
            sequence,
            WRITER,
            "",
            Optional.empty(),
            new Stored(serializer.identifier(), KeyEventSerializer.RECORDED_1, event));
    return row.encode(RowKeys.row(RowKeys.id(persistenceId), sequence));
  }
}
