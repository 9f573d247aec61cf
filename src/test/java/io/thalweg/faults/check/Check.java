package io.thalweg.faults.check;

/** What is looked for. */
public enum Check {
  /** An acknowledged batch is not in the journal. */
  LOST("lost"),
  /** A batch stands in the journal more than once. */
  DOUBLED("doubled"),
  /** A batch that was never sent, or was refused, or that has other samples than were sent. */
  INVENTED("invented"),
  /** A producer's batches of a key are not in its order. */
  ORDER("order"),
  /** The numbers of a key's events have a gap. */
  CONTIGUOUS("contiguous"),
  /** An event's bytes can't be read. */
  READABLE("readable"),
  /** What a node tells of a key is not what its events come to. */
  STATE("state"),
  /** A count or a sum is not what follows from what was sent. */
  CLOSED_FORM("closed form"),
  /** A subscription went back, or told something else than the journal, or ended too early. */
  WATCH("watch"),
  /** A write was accepted of a node that did not own the shard any more. */
  OWNERSHIP("ownership"),
  /** Keys are not written again although the fault is over. */
  HEALING("healing");

  private final String text;

  Check(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
