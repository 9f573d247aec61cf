package io.thalweg.domain.detect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The surprise detector in its simplest form: it keeps all samples, and reckons everything anew
 * each time. An oracle for the real one, written from the definition alone.
 */
final class NaiveSurprise {
  private static final double DECADES = 0.4342944819;

  /** An alert. */
  record Alert(int at, double surprise, String view) {}

  private final List<Double> values = new ArrayList<>();
  private final List<Double> learnt = new ArrayList<>();
  private final List<Double> residuals = new ArrayList<>();
  private final List<double[]> prototypes = new ArrayList<>();
  private final double[] partMeans = new double[48];
  private final int[] partCounts = new int[48];
  private final Moving all = new Moving();
  private final Moving means = new Moving();
  private final Moving spreads = new Moving();
  private final Moving seasons = new Moving();
  private final Excess meanTail = new Excess();
  private final Excess spreadTail = new Excess();
  private final Excess seasonTail = new Excess();
  private final Excess patternTail = new Excess();
  private final List<Alert> alerts = new ArrayList<>();
  private double size;
  private double level;

  List<Alert> alerts() {
    return alerts;
  }

  void add(int part, double x) {
    int n = values.size();
    values.add(x);
    String[] views = {"range", "shift", "spread", "season", "pattern"};
    double[] surprises = {range(x, n), shift(), spread(), season(part, x, n), pattern(n)};
    int most = 0;
    for (int i = 1; i < views.length; i++) {
      most = surprises[i] > surprises[most] ? i : most;
    }
    consider(new Alert(n, Math.min(1e15, surprises[most]), views[most]));
    size += (Math.abs(x) - size) / Math.min(n + 1, 5_000);
    all.learn(x);
  }

  private void consider(Alert alert) {
    double habit = 0;
    for (Alert a : alerts) {
      habit += Math.exp(-(alert.at - a.at) / 2_000.0);
    }
    boolean due =
        alerts.isEmpty()
            || alert.at - alerts.getLast().at >= 120
            || alert.surprise >= alerts.getLast().surprise + 3;
    if (alert.surprise >= 3 + 0.05 * habit && due) {
      alerts.add(alert);
    }
  }

  private double range(double x, int n) {
    if (n == 0) {
      learnt.add(x);
      return 0;
    }
    List<Double> lately = learnt.subList(Math.max(0, (n / 64 - 32) * 64), n);
    double min = lately.stream().min(Comparator.naturalOrder()).orElseThrow();
    double max = lately.stream().max(Comparator.naturalOrder()).orElseThrow();
    double r = max - min + 1e-9 + 1e-6 * size;
    learnt.add(Math.clamp(x, min - r, max + r));
    double e = Math.max(min - x, x - max);
    return e > 0 && n >= 100 ? Math.log10(1024) + DECADES * e / (0.05 * r) : 0;
  }

  private double shift() {
    return departure(mean(newest(values, 16)), 0.01 * Math.abs(means.mean) + 1e-9, means, meanTail);
  }

  private double spread() {
    if (values.size() < 48) {
      return 0;
    }
    List<Double> last = newest(values, 48);
    double mean = mean(last);
    double deviation = Math.sqrt(mean(last.stream().map(v -> (v - mean) * (v - mean)).toList()));
    return departure(Math.log(deviation + floor()), 0.05, spreads, spreadTail);
  }

  private double season(int part, double x, int n) {
    level = n == 0 ? x : level;
    residuals.add(x - (partCounts[part] < 2 ? level : partMeans[part]));
    double surprise = departure(mean(newest(residuals, 24)), floor(), seasons, seasonTail);
    partCounts[part]++;
    double bound = 4 * Math.sqrt(all.variance);
    double d = x - partMeans[part];
    d = partCounts[part] > 4 && n > 1_000 ? Math.clamp(d, -bound, bound) : d;
    partMeans[part] += Math.max(0.1, 1.0 / partCounts[part]) * d;
    level += (x - level) / Math.min(n + 1, 1_000);
    return surprise;
  }

  private double pattern(int n) {
    if (n < 50) {
      return 0;
    }
    double scale = Math.sqrt(all.variance) + floor();
    double[] y = newest(values, 3).stream().mapToDouble(v -> (v - all.mean) / scale).toArray();
    double surprise = 0;
    double distance = Double.POSITIVE_INFINITY;
    double[] nearest = {};
    for (double[] p : prototypes) {
      double d = (Math.abs(p[0] - y[0]) + Math.abs(p[1] - y[1]) + Math.abs(p[2] - y[2])) / 3;
      nearest = d < distance ? p : nearest;
      distance = Math.min(d, distance);
    }
    if (!prototypes.isEmpty()) {
      surprise = patternTail.score(distance);
      patternTail.learn(distance);
    }
    if (distance <= 0.5) {
      for (int i = 0; i < 3; i++) {
        nearest[i] += 0.02 * (y[i] - nearest[i]);
      }
      nearest[3] = n;
    } else {
      if (prototypes.size() == 200) {
        prototypes.remove(
            prototypes.stream().min(Comparator.comparingDouble(p -> p[3])).orElseThrow());
      }
      prototypes.add(new double[] {y[0], y[1], y[2], n});
    }
    return surprise;
  }

  private static double departure(double measure, double floor, Moving usual, Excess tail) {
    double u =
        usual.count < 50 ? 0 : Math.abs(measure - usual.mean) / (Math.sqrt(usual.variance) + floor);
    double surprise = tail.score(u);
    tail.learn(u);
    usual.learn(measure);
    return surprise;
  }

  private double floor() {
    return 0.01 * size + 1e-9;
  }

  private static List<Double> newest(List<Double> all, int count) {
    return all.subList(Math.max(0, all.size() - count), all.size());
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).sum() / values.size();
  }

  private static final class Moving {
    private int count;
    private double mean;
    private double variance;

    void learn(double y) {
      count++;
      double g = Math.max(1.0 / count, 0.001);
      double d = y - mean;
      mean += g * d;
      variance = (1 - g) * (variance + g * d * d);
    }
  }

  private static final class Excess {
    private int count;
    private int beyond;
    private double q;
    private double beta;
    private double scale;

    double score(double u) {
      return count >= 50 && beyond >= 5 && u > q && beta > 0
          ? -Math.log10(0.015) + DECADES * (u - q) / beta
          : 0;
    }

    void learn(double u) {
      count++;
      if (count == 1) {
        q = u;
        scale = Math.abs(u);
        return;
      }
      double w = Math.max(1.0 / count, 0.001);
      scale += w * (Math.abs(u - q) - scale);
      double step = (scale + 1e-12) * Math.min(1, 10 * w);
      if (u <= q) {
        q -= 0.015 * step;
        return;
      }
      beyond++;
      double e = beyond > 10 ? Math.min(u - q, 10 * beta) : u - q;
      beta += Math.max(1.0 / beyond, 0.005) * (e - beta);
      q += 0.985 * step;
    }
  }
}
