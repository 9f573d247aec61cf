package io.thalweg.cli.nab.figure;

import java.util.Locale;

/** Elements of a drawing, in the order in which they are laid on one another. Lengths in pixels. */
final class Svg {
  private static final String FONT = "font-family=\"Helvetica, Arial, sans-serif\"";

  private final StringBuilder elements = new StringBuilder();

  /** The whole drawing, on white. */
  String document(double width, double height, String title) {
    return """
        <svg xmlns="http://www.w3.org/2000/svg" width="%1$s" height="%2$s" \
        viewBox="0 0 %1$s %2$s" role="img" %3$s>
        <title>%4$s</title>
        <rect width="100%%" height="100%%" fill="#ffffff"/>
        %5$s</svg>
        """
        .formatted(number(width), number(height), FONT, escaped(title), elements);
  }

  void rectangle(double x, double y, double width, double height, String fill) {
    add(
        "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"%s\"/>",
        number(x), number(y), number(width), number(height), fill);
  }

  void line(double x1, double y1, double x2, double y2, String stroke) {
    add(
        "<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke=\"%s\"/>",
        number(x1), number(y1), number(x2), number(y2), stroke);
  }

  /** A line through points: their places as {@code x,y} with blanks between. */
  void curve(String points, String stroke) {
    add(
        "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"0.9\""
            + " stroke-linejoin=\"round\"/>",
        points, stroke);
  }

  /** A triangle that stands on its tip. */
  void triangle(double x, double tipY, double size, String fill, String stroke) {
    corners(
        "%s,%s %s,%s %s,%s"
            .formatted(
                number(x),
                number(tipY),
                number(x - size / 2),
                number(tipY - size),
                number(x + size / 2),
                number(tipY - size)),
        fill,
        stroke);
  }

  /** A square that stands on a corner. */
  void diamond(double x, double y, double size, String fill) {
    double half = size / 2;
    corners(
        "%s,%s %s,%s %s,%s %s,%s"
            .formatted(
                number(x),
                number(y - half),
                number(x + half),
                number(y),
                number(x),
                number(y + half),
                number(x - half),
                number(y)),
        fill,
        fill);
  }

  /**
   * Text.
   *
   * @param anchor which part of it stands at x: start, middle or end
   */
  void text(double x, double y, String anchor, Type type, String text) {
    add(
        "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\" %s>%s</text>",
        number(x), number(y), anchor, type.attributes, escaped(text));
  }

  /** Letters. */
  enum Type {
    HEADING("font-size=\"13\" font-weight=\"bold\" fill=\"#222222\""),
    PLAIN("font-size=\"12\" fill=\"#444444\""),
    SMALL("font-size=\"11\" fill=\"#666666\"");

    private final String attributes;

    Type(String attributes) {
      this.attributes = attributes;
    }
  }

  /** With one digit after the point where it needs one. */
  static String number(double value) {
    double tenths = Math.rint(value * 10) / 10;
    return tenths == Math.rint(tenths)
        ? String.valueOf((long) tenths)
        : String.format(Locale.ROOT, "%.1f", tenths);
  }

  private void corners(String points, String fill, String stroke) {
    add("<polygon points=\"%s\" fill=\"%s\" stroke=\"%s\"/>", points, fill, stroke);
  }

  private void add(String format, Object... arguments) {
    elements.append(format.formatted(arguments)).append('\n');
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
