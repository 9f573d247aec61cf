package io.thalweg.domain.window;

import java.util.regex.Pattern;

/**
 * One of a stream's windows.
 *
 * @param name letters, digits, {@code .}, {@code _} and {@code -}; 1 to 64 of them
 * @param definition which samples it looks at together
 * @param emission when it is told of
 */
public record NamedWindow(String name, WindowDefinition definition, Emission emission) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  public NamedWindow {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a window's name is 1 to 64 letters, digits, '.', '_' and '-': '" + name + "'");
    }
  }

  /** Told of when it closes. */
  public NamedWindow(String name, WindowDefinition definition) {
    this(name, definition, Emission.OnClose.INSTANCE);
  }
}
