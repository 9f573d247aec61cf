package io.thalweg.journal.postgres;

import io.thalweg.journal.Row;
import io.thalweg.journal.RowKeys;
import io.thalweg.journal.Stored;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/** Rows as the plugin writes them. */
final class StoredRows {
  private static final int STRING_SERIALIZER = 20;

  private StoredRows() {}

  /** The row of a text. */
  static String hex(String id, long number, String payload) {
    Stored stored = new Stored(STRING_SERIALIZER, "", payload.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of()
        .formatHex(
            new Row(0, "writer", "", Optional.empty(), stored)
                .encode(RowKeys.row(RowKeys.id(id), number)));
  }
}
