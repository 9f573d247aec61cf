package io.thalweg.cli.input;

import io.thalweg.v1.IngestResponse;
import io.thalweg.v1.Rejection;
import java.util.ArrayList;
import java.util.List;

/** Counts what becomes of a file's lines. Thread-safe: answers come from the client's threads. */
final class Tally {
  private final String file;
  private final List<String> complaints = new ArrayList<>();
  private long lines;
  private long recorded;
  private long duplicate;
  private long late;
  private long rejected;
  private long malformed;
  private boolean stopped;

  Tally(String file) {
    this.file = file;
  }

  synchronized void line() {
    lines++;
  }

  /** Returns whether it is the first. */
  synchronized boolean malformed(Line.Malformed line) {
    malformed++;
    complain(line.number(), line.reason());
    return malformed == 1;
  }

  synchronized void stopped() {
    stopped = true;
  }

  synchronized void answered(LineBatch batch, IngestResponse response) {
    recorded += response.getRecorded();
    duplicate += response.getDuplicate();
    late += response.getLate();
    for (Rejection rejection : response.getRejectionsList()) {
      int samples = batch.samples(rejection);
      rejected += samples;
      String extent =
          rejection.hasSampleIndex()
              ? ""
              : " (" + samples + " samples of key " + batch.key(rejection) + ")";
      complain(
          batch.line(rejection),
          "refused: " + rejection.getCode() + ": " + rejection.getMessage() + extent);
    }
  }

  synchronized FileReport report() {
    return new FileReport(
        file,
        lines,
        recorded,
        duplicate,
        late,
        rejected,
        malformed,
        stopped,
        List.copyOf(complaints));
  }

  private void complain(long line, String reason) {
    if (complaints.size() < FileIngest.COMPLAINTS_MAX) {
      complaints.add(file + ":" + line + ": " + reason);
    }
  }
}
