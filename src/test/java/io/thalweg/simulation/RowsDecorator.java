package io.thalweg.simulation;

import io.thalweg.journal.DueKeys;
import io.thalweg.journal.KeyRecord;
import io.thalweg.journal.Rows;
import java.util.List;
import java.util.Optional;

/** Rows as they are; a subclass changes some of it. */
class RowsDecorator implements Rows {
  private final Rows rows;

  RowsDecorator(Rows rows) {
    this.rows = rows;
  }

  @Override
  public Optional<Extent> extent(String id) {
    return rows.extent(id);
  }

  @Override
  public Optional<KeyRecord> record(String id) {
    return rows.record(id);
  }

  @Override
  public void events(String id, long from, long to, Visitor visitor) {
    rows.events(id, from, to, visitor);
  }

  @Override
  public byte[] snapshot(String id, long sequence) {
    return rows.snapshot(id, sequence);
  }

  @Override
  public List<String> ids(String prefix, String after, int limit) {
    return rows.ids(prefix, after, limit);
  }

  @Override
  public List<DueKeys.Due> due(long nowNanos, int limit) {
    return rows.due(nowNanos, limit);
  }
}
