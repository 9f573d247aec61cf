package io.thalweg.rpc;

/**
 * A text from outside as messages and logs may show it: short (the trailers of a call have a bound,
 * and a longer one would lose its status) and without control characters.
 */
public final class Excerpt {
  private static final int CHARACTERS_MAX = 64;

  private Excerpt() {}

  /** At most 64 characters; what can't be shown is U+FFFD, and an ellipsis stands for the rest. */
  public static String of(String text) {
    StringBuilder shown = new StringBuilder(Math.min(text.length(), CHARACTERS_MAX) + 1);
    text.codePoints().limit(CHARACTERS_MAX).map(Excerpt::shown).forEach(shown::appendCodePoint);
    return text.codePointCount(0, text.length()) > CHARACTERS_MAX
        ? shown.append('…').toString()
        : shown.toString();
  }

  private static int shown(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          0xFFFD;
      default -> character;
    };
  }
}
