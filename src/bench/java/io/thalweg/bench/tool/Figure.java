package io.thalweg.bench.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.stream.StreamSupport;

/**
 * A ratio that was measured several times.
 *
 * @param unit for people
 * @param higherIsBetter a rate; else a cost
 * @param repetitions in the order in which they were measured; at least one
 */
record Figure(String unit, boolean higherIsBetter, double[] repetitions) {
  private static final int DIGITS = 4;

  Figure {
    if (repetitions.length == 0) {
      throw new IllegalArgumentException("a figure needs a repetition");
    }
  }

  double median() {
    return Documents.median(repetitions);
  }

  /** From the smallest to the largest repetition, in percent of the median. */
  double spreadPercent() {
    double[] sorted = repetitions.clone();
    Arrays.sort(sorted);
    return (sorted[sorted.length - 1] - sorted[0]) / median() * 100;
  }

  ObjectNode json() {
    ObjectNode json = Documents.MAPPER.createObjectNode();
    json.put("better", higherIsBetter ? "higher" : "lower");
    json.put("median", Documents.rounded(median(), DIGITS));
    var all = json.putArray("repetitions");
    Arrays.stream(repetitions).forEach(value -> all.add(Documents.rounded(value, DIGITS)));
    json.put("spread_percent", Documents.rounded(spreadPercent(), 2));
    json.put("unit", unit);
    return json;
  }

  /** What {@link #json} has written; median and spread follow from the repetitions. */
  static Figure of(JsonNode json) {
    return new Figure(
        json.required("unit").asText(),
        json.required("better").asText().equals("higher"),
        StreamSupport.stream(json.required("repetitions").spliterator(), false)
            .mapToDouble(JsonNode::doubleValue)
            .toArray());
  }
}
