package io.thalweg.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.thalweg.v1.DetectorDefinition;
import io.thalweg.v1.Quantile;
import io.thalweg.v1.Sample;
import io.thalweg.v1.SlidingTimeWindow;
import io.thalweg.v1.StatisticsDefinition;
import io.thalweg.v1.StreamDefinition;
import io.thalweg.v1.Summary;
import io.thalweg.v1.TotalWindow;
import io.thalweg.v1.Update;
import io.thalweg.v1.Window;
import io.thalweg.v1.WindowDefinition;
import io.thalweg.v1.ZScoreDetector;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class WindowOutputTest {
  private static final String TIMES = "1970-01-01T00:00:00Z – 1970-01-01T00:01:00Z";
  private static final Window.Builder MINUTE =
      Window.newBuilder().setName("minute").setEndUnixNano(60_000_000_000L);

  @Test
  void windowsTellTheirNameAndHowFarTheyAre() {
    assertThat(closed(MINUTE.clone().setClosed(true)))
        .isEqualTo("k  v1  window   minute  closed  " + TIMES + "  n 0");
    assertThat(closed(MINUTE.clone().setClosed(true).setRevision(2)))
        .isEqualTo("k  v1  window   minute  closed again, revision 2  " + TIMES + "  n 0");
    assertThat(Text.of(update().setWindowUpdated(MINUTE.clone().setEarly(true)).build()))
        .isEqualTo("k  v1  window   minute  early   " + TIMES + "  n 0");
  }

  @Test
  void windowsInJson() {
    JsonNode early =
        Json.of(update().setWindowUpdated(MINUTE.clone().setEarly(true).setRevision(1)).build());
    assertThat(early.path("type").asText()).isEqualTo("window_updated");
    assertThat(early.at("/window_updated/name").asText()).isEqualTo("minute");
    assertThat(early.at("/window_updated/early").asBoolean()).isTrue();
    assertThat(early.at("/window_updated/revision").asInt()).isEqualTo(1);
  }

  @Test
  void furtherStatisticsAreShownWhereTheyAreThere() {
    Summary.Builder basic = Summary.newBuilder().setCount(1).setMean(2).setMin(2).setMax(2);
    assertThat(Text.of(basic.build())).isEqualTo("n 1  mean 2  deviation 0  min 2  max 2");
    Summary all =
        basic
            .setFirst(Sample.newBuilder().setValue(3))
            .setLast(Sample.newBuilder().setValue(4))
            .setRatePerSecond(0.5)
            .setSkewness(0)
            .setKurtosis(-1)
            .addQuantiles(Quantile.newBuilder().setRank(0.99).setValue(7))
            .setEwmaMean(8)
            .setEwmaVariance(9)
            .build();
    assertThat(Text.of(all))
        .endsWith(
            "max 2  first 3  last 4  rate/s 0.5  skewness 0  kurtosis -1  q0.99 7"
                + "  ewma mean 8  ewma deviation 3");
    assertThat(Json.of(all).at("/quantiles/0/rank").asDouble()).isEqualTo(0.99);
    assertThat(Json.of(all).path("skewness").isNumber()).isTrue();
    assertThat(Json.of(Summary.getDefaultInstance()).has("skewness")).isFalse();
  }

  @Test
  void streamsHaveARowForEachWindow() {
    assertThat(StreamText.table(List.of(stream())).lines(Ansi.OFF))
        .extracting(line -> line.replaceAll(" {2,}", "|"))
        .containsExactly(
            "STREAM|WINDOW|DISORDER|LATENESS|IDLE|STATISTICS|DETECTOR",
            "s|minute: 1m every 10s, told every 5s|2s|0s|never|basic, rate"
                + "|z-score over 4 from 30 samples on, of minute",
            "|all: all samples, told with every batch");
  }

  @Test
  void streamsInJson() {
    JsonNode json = StreamJson.of(stream());
    assertThat(json.at("/window/name").asText()).isEqualTo("minute");
    assertThat(json.at("/windows/0/every_nanos").asLong()).isEqualTo(5_000_000_000L);
    assertThat(json.at("/windows/1/total").isObject()).isTrue();
    assertThat(json.at("/detector/window").asText()).isEqualTo("minute");
    assertThat(json.at("/statistics/rate").asBoolean()).isTrue();
    assertThat(json.path("statistics").has("ewma_half_life_nanos")).isFalse();
  }

  private static StreamDefinition stream() {
    WindowDefinition.Builder minute =
        WindowDefinition.newBuilder()
            .setName("minute")
            .setSlidingTime(
                SlidingTimeWindow.newBuilder()
                    .setSizeNanos(60_000_000_000L)
                    .setSlideNanos(10_000_000_000L))
            .setEveryNanos(5_000_000_000L);
    return StreamDefinition.newBuilder()
        .setStream("s")
        .setWindow(minute)
        .addWindows(minute)
        .addWindows(
            WindowDefinition.newBuilder()
                .setName("all")
                .setTotal(TotalWindow.getDefaultInstance())
                .setEveryBatch(true))
        .setAllowedDisorderNanos(2_000_000_000L)
        .setStatistics(StatisticsDefinition.newBuilder().setRate(true))
        .setDetector(
            DetectorDefinition.newBuilder()
                .setWindow("minute")
                .setZScore(ZScoreDetector.newBuilder().setThreshold(4).setMinSamples(30)))
        .build();
  }

  private static String closed(Window.Builder window) {
    return Text.of(update().setWindowClosed(window).build());
  }

  private static Update.Builder update() {
    return Update.newBuilder().setKey("k").setVersion(1);
  }
}
