package io.thalweg.cli.input;

import java.util.List;

/**
 * What became of a file. Of its lines that hold samples each is recorded, a duplicate, rejected or
 * malformed.
 *
 * @param lines read that are not empty, without a header
 * @param recorded samples counted by this run
 * @param duplicate samples that an earlier run had counted
 * @param late of the recorded: too late for their window
 * @param rejected samples that the server refused
 * @param malformed lines that are no samples
 * @param stopped whether the rest of the file was left because of a malformed line
 * @param complaints what is wrong where, at most {@link FileIngest#COMPLAINTS_MAX}
 */
public record FileReport(
    String file,
    long lines,
    long recorded,
    long duplicate,
    long late,
    long rejected,
    long malformed,
    boolean stopped,
    List<String> complaints) {

  /** Whether every line's sample is counted. */
  public boolean isClean() {
    return rejected == 0 && malformed == 0;
  }
}
