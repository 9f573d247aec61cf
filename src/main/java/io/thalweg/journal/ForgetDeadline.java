package io.thalweg.journal;

import io.thalweg.domain.key.IdleDeadline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A deadline's row goes; if that fails, the key is looked at once more. */
public record ForgetDeadline(String persistenceId, IdleDeadline deadline) implements Write {
  private static final Logger LOG = LoggerFactory.getLogger(ForgetDeadline.class);

  @Override
  public int rows() {
    return 1;
  }

  @Override
  public long bytes() {
    return persistenceId.length();
  }

  @Override
  public void committed() {}

  @Override
  public void failed(Exception cause) {
    LOG.debug("A deadline could not be removed, its key is looked at again", cause);
  }
}
