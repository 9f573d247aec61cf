package io.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.thalweg.client.FakeServer;
import io.thalweg.client.FakeStore;
import io.thalweg.client.ThalwegClient;
import io.thalweg.v1.Update;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine.Help.Ansi;

/** The demonstration's way from files to the report, against a server on the loopback. */
@Timeout(60)
class DemoRunIT {
  private static final Path DATA = Path.of("src", "test", "resources", "demo", "nab", "data");

  @Test
  void everyRowIsCountedAndTheStrongestAnomaliesAreFound() throws Exception {
    DemoResult result = run(DemoSeries.find(DATA, 29));
    assertThat(result.keys())
        .extracting(key -> key.state().getKey())
        .containsExactly("spiky/peak", "steady/flat");
    assertThat(result.keys()).extracting(DemoResult.Key::rows).containsExactly(200L, 300L);
    assertThat(result.incomplete()).isEmpty();
    assertThat(result.strongest()).extracting(Update::getKey).containsExactly("spiky/peak");
    assertThat(String.join("\n", DemoReport.text(result, Ansi.OFF)))
        .contains("spiky/peak", "2015-09-08T00:50:00Z", "500 samples of 2 keys");
    JsonNode json = DemoReport.json(result);
    assertThat(json.at("/keys/0/count").asLong()).isEqualTo(200);
    assertThat(json.path("strongest")).hasSize(1);
    assertThat(DemoReport.nextSteps("127.0.0.1:1234", result))
        .contains("  thalweg get -e 127.0.0.1:1234 spiky/peak");
    assertThat(DemoReport.nextSteps("127.0.0.1:7470", result)).contains("  thalweg get spiky/peak");
  }

  @Test
  void onlySoManySeriesAsAskedFor() throws Exception {
    assertThat(DemoSeries.find(DATA, 1)).extracting(DemoSeries::key).containsExactly("spiky/peak");
  }

  private static DemoResult run(List<DemoSeries> series) throws Exception {
    try (FakeServer server = FakeServer.start(new FakeStore());
        ThalwegClient client = ThalwegClient.builder().endpoints(server.endpoint()).build();
        Progress progress = Progress.show("demo", -1)) {
      return new DemoRun(client, "demo", series).run(progress);
    }
  }
}
