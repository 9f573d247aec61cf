package io.thalweg.results.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.thalweg.domain.detect.Anomaly;
import io.thalweg.domain.key.Outcome;
import io.thalweg.domain.key.StreamKey;
import io.thalweg.domain.sample.Sample;
import io.thalweg.domain.stats.Summary;
import io.thalweg.domain.window.Window;
import io.thalweg.journal.QueuedResults;
import io.thalweg.v1.Result;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class ResultRecordsTest {
  private static final Summary SUMMARY = new Summary(3, 1.5, 0.25, 0.375, 1, 2, 4.5);
  private static final QueuedResults EVENT =
      new QueuedResults(
          5,
          9,
          new StreamKey("payments", "card/7 ü"),
          42,
          1_000,
          List.of(
              new QueuedResults.Numbered(
                  0, new Outcome.WindowClosed(new Window("minute", 0, 60, true, 1, SUMMARY))),
              new QueuedResults.Numbered(
                  2,
                  new Outcome.AnomalyRaised(
                      new Anomaly(new Sample(7, 99), 6.5, 4, "z-score/1", "spike", SUMMARY))),
              new QueuedResults.Numbered(3, new Outcome.LateSample(new Sample(1, 5))),
              new QueuedResults.Numbered(
                  4, new Outcome.WindowUpdated(new Window("minute", 0, 60, false, 0, SUMMARY)))));

  @Test
  void eachResultIsARecordByItsKeyUnderAnIdOfItsOwn() {
    List<ProducerRecord<byte[], byte[]>> records =
        new ResultRecords("out", ResultFormat.PROTOBUF).of(EVENT);

    assertThat(records).allMatch(r -> r.topic().equals("out"));
    assertThat(records).allMatch(r -> new String(r.key(), UTF_8).equals("card/7 ü"));
    assertThat(records)
        .extracting(r -> header(r, "thalweg-result-id"))
        .containsExactly(
            "payments/card/7 ü/42/0",
            "payments/card/7 ü/42/2",
            "payments/card/7 ü/42/3",
            "payments/card/7 ü/42/4");
  }

  @Test
  void protobufIsTheMessageResult() throws Exception {
    List<ProducerRecord<byte[], byte[]>> records =
        new ResultRecords("out", ResultFormat.PROTOBUF).of(EVENT);

    assertThat(header(records.getFirst(), "content-type"))
        .isEqualTo("application/x-protobuf; messageType=\"thalweg.v1.Result\"");
    Result window = Result.parseFrom(records.get(0).value());
    assertThat(window.getStream()).isEqualTo("payments");
    assertThat(window.getKey()).isEqualTo("card/7 ü");
    assertThat(window.getVersion()).isEqualTo(42);
    assertThat(window.getWindowClosed().getRevision()).isEqualTo(1);
    Result anomaly = Result.parseFrom(records.get(1).value());
    assertThat(anomaly.getIndex()).isEqualTo(2);
    assertThat(anomaly.getAnomaly().getSample().getValue()).isEqualTo(99);
    assertThat(Result.parseFrom(records.get(2).value()).getLateSample().getValue()).isEqualTo(5);
    assertThat(Result.parseFrom(records.get(3).value()).getWindowUpdated().getEarly()).isTrue();
  }

  @Test
  void jsonHasTheNamesOfTheApi() throws Exception {
    List<ProducerRecord<byte[], byte[]>> records =
        new ResultRecords("out", ResultFormat.JSON).of(EVENT);

    assertThat(header(records.getFirst(), "content-type")).isEqualTo("application/json");
    JsonNode anomaly = new ObjectMapper().readTree(records.get(1).value());
    assertThat(anomaly.path("stream").asText()).isEqualTo("payments");
    assertThat(anomaly.path("version").asLong()).isEqualTo(42);
    assertThat(anomaly.path("index").asInt()).isEqualTo(2);
    assertThat(anomaly.path("type").asText()).isEqualTo("anomaly");
    assertThat(anomaly.at("/anomaly/sample/value").asDouble()).isEqualTo(99);
    assertThat(anomaly.at("/anomaly/sample/time_unix_nano").asLong()).isEqualTo(7);
    JsonNode window = new ObjectMapper().readTree(records.get(0).value());
    assertThat(window.at("/window_closed/summary/mean").asDouble()).isEqualTo(1.5);
  }

  private static String header(ProducerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }
}
