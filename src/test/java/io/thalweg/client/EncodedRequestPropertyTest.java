package io.thalweg.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Drainable;
import io.thalweg.v1.IngestRequest;
import io.thalweg.v1.Series;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a producer sends is, byte for byte, what protoc's classes would write. */
class EncodedRequestPropertyTest {
  private static final String[] ODD_KEYS = {"", "ä", "🌊", "\ud800", "Aa", "BB", "k".repeat(300)};

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void builtBatchesAreWrittenAsProtobufWritesThem(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    BatchBuilder builder = new BatchBuilder(1_000, BatchBuilder.BYTES_LIMIT);
    for (int batch = 0; batch < 50; batch++) {
      Map<String, Series.Builder> series = new LinkedHashMap<>();
      int samples = random.nextInt(1_000);
      int keys = 1 + random.nextInt(400);
      for (int i = 0; i < samples; i++) {
        String key =
            random.nextInt(8) == 0
                ? ODD_KEYS[random.nextInt(ODD_KEYS.length)]
                : "k" + random.nextInt(keys);
        OptionalLong time =
            random.nextInt(8) == 0 ? OptionalLong.empty() : OptionalLong.of(random.nextLong());
        double value = Double.longBitsToDouble(random.nextLong());
        assertThat(builder.add(key, time, value)).isTrue();
        Series.Builder ofKey =
            series.computeIfAbsent(key, k -> Series.newBuilder().setKey(k)).addValues(value);
        time.ifPresent(ofKey::addTimeUnixNano);
      }
      List<Series> expected = series.values().stream().map(Series.Builder::build).toList();
      List<Series> taken = builder.take();
      assertWrittenAlike(random.nextLong(), taken, expected);
      assertThat(EncodedSeries.samplesOf(taken)).isEqualTo(samples);
      assertThat(taken).extracting(Series::getValuesList).isEqualTo(valuesOf(expected));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void otherListsOfSeriesAreWrittenAsTheyAre(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    List<Series> series = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Series.Builder any = Series.newBuilder().setKey("k" + random.nextInt(20));
      random.longs(random.nextInt(4)).forEach(any::addTimeUnixNano);
      random.doubles(random.nextInt(4)).forEach(any::addValues);
      series.add(any.build());
    }
    assertWrittenAlike(seed, series, series);
    assertThat(EncodedSeries.of(series)).isEqualTo(series);
  }

  private static List<List<Double>> valuesOf(List<Series> series) {
    return series.stream().map(Series::getValuesList).toList();
  }

  /** Drained, and read byte by byte after a part of it was read. */
  private static void assertWrittenAlike(long sequence, List<Series> series, List<Series> expected)
      throws IOException {
    byte[] bytes =
        IngestRequest.newBuilder()
            .setStream("stream")
            .setProducerId("producer")
            .setSequence(sequence)
            .addAllSeries(expected)
            .build()
            .toByteArray();
    EncodedRequest request =
        EncodedRequest.of("stream", "producer", sequence, EncodedSeries.of(series));
    assertThat(request.length()).isEqualTo(bytes.length);
    for (int resent = 0; resent < 2; resent++) {
      assertThat(request.stream().readAllBytes()).isEqualTo(bytes);
      for (int readBefore : List.of(0, 3, Math.min(bytes.length, 40))) {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        try (InputStream stream = request.stream()) {
          assertThat(stream.available()).isEqualTo(bytes.length);
          written.write(stream.readNBytes(readBefore));
          assertThat(((Drainable) stream).drainTo(written)).isEqualTo(bytes.length - readBefore);
          assertThat(stream.read()).isEqualTo(-1);
        }
        assertThat(written.toByteArray()).isEqualTo(bytes);
      }
    }
  }
}
