package io.thalweg.cli.nab.figure;

import io.thalweg.cli.nab.Detection;
import io.thalweg.cli.nab.NabResult;
import io.thalweg.cli.nab.Profile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Small multiples: one panel for each series. Colours are those of Okabe and Ito, which people see
 * apart whatever their colour vision; shapes tell the same.
 */
public final class Figure {
  static final String WINDOW = "#cfe6f7";
  static final String LEARNING = "#f3f3f3";
  static final String GRID = "#e2e2e2";
  static final String AXIS = "#888888";
  static final String CURVE = "#3c3c3c";
  static final String HIT = "#0072b2";
  static final String FALSE_ALERT = "#d55e00";

  private static final int WIDTH = 960;
  private static final int LEFT = 52;
  private static final int RIGHT = WIDTH - 26;
  private static final int LEGEND = 36;
  private static final int SERIES_MAX = 6;

  private Figure() {}

  /**
   * The figure as SVG, with the alerts of the standard profile's threshold.
   *
   * @param paths {@code folder/name} of the series; none: of each folder that with the most
   *     windows, of at most six folders
   * @throws IllegalArgumentException if there is no such series
   */
  public static String of(NabResult result, List<String> paths) {
    List<Detection> drawn = paths.isEmpty() ? richest(result) : named(result, paths);
    Svg svg = new Svg();
    legend(svg);
    double top = LEGEND;
    for (Detection detection : drawn) {
      Panel.draw(
          svg,
          detection,
          result.score(detection, Profile.STANDARD),
          result.threshold(Profile.STANDARD),
          new Panel.Box(LEFT, RIGHT, top));
      top += Panel.HEIGHT;
    }
    return svg.document(WIDTH, top, "Alerts of " + result.detector() + " on labelled series");
  }

  private static List<Detection> richest(NabResult result) {
    return result.byFolder().values().stream()
        .map(
            folder ->
                folder.stream()
                    .max(Comparator.comparingInt(one -> one.series().windows().size()))
                    .orElseThrow())
        .filter(one -> !one.series().windows().isEmpty())
        .limit(SERIES_MAX)
        .toList();
  }

  private static List<Detection> named(NabResult result, List<String> paths) {
    List<Detection> named = new ArrayList<>();
    for (String path : paths) {
      named.add(
          result.detections().stream()
              .filter(one -> one.series().path().equals(path))
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException("there is no series " + path)));
    }
    return named;
  }

  private static void legend(Svg svg) {
    double x = LEFT;
    svg.rectangle(x, 9, 18, 12, WINDOW);
    svg.text(x + 24, 19, "start", Svg.Type.PLAIN, "marked as anomalous");
    svg.triangle(x + 175, 20, 9, HIT, HIT);
    svg.text(x + 186, 19, "start", Svg.Type.PLAIN, "hit");
    svg.triangle(x + 230, 20, 9, "#ffffff", HIT);
    svg.text(x + 241, 19, "start", Svg.Type.PLAIN, "further alert in the window");
    svg.diamond(x + 420, 15, 9, FALSE_ALERT);
    svg.text(x + 431, 19, "start", Svg.Type.PLAIN, "false alert");
    svg.rectangle(x + 520, 9, 18, 12, LEARNING);
    svg.text(x + 544, 19, "start", Svg.Type.PLAIN, "learning, does not count");
  }
}
