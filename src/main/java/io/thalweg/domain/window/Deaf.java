package io.thalweg.domain.window;

/** Does not care for windows. */
enum Deaf implements WindowListener {
  INSTANCE;

  @Override
  public void closed(Window window) {}

  @Override
  public void updated(Window window) {}
}
