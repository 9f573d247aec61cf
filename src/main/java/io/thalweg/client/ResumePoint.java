package io.thalweg.client;

import io.thalweg.v1.Update;

/**
 * How far the updates of one key have come.
 *
 * <p>One version of a key can cause several updates, and a stream can break off between them. What
 * a version caused is a function of the journal, so that a second reading gives the same updates in
 * the same order: the broken version is asked for again, and as many of its updates are dropped as
 * had come. Only a live watcher that was too slow gets something else, a number of skipped updates;
 * after it there is nothing to count by, and the version counts as complete.
 */
final class ResumePoint {
  private long version;
  private int taken;
  private int toDrop;
  private boolean complete = true;

  /**
   * @param version all up to and with this one is done
   */
  ResumePoint(long version) {
    this.version = version;
  }

  /** The version after which to ask; what it has in common with before is dropped from now on. */
  long reopen() {
    toDrop = complete ? 0 : taken;
    return complete ? version : version - 1;
  }

  boolean accept(Update update) {
    if (Long.compareUnsigned(update.getVersion(), version) < 0) {
      return false;
    }
    if (update.getVersion() == version && toDrop > 0) {
      toDrop--;
      return false;
    }
    if (update.getVersion() != version) {
      version = update.getVersion();
      taken = 0;
      toDrop = 0;
      complete = false;
    }
    taken++;
    complete |= update.hasSkipped();
    return true;
  }
}
