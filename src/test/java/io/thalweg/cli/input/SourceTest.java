package io.thalweg.cli.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thalweg.domain.sample.Series;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceTest {
  private static final Mapping CSV =
      new Mapping(
          Format.CSV,
          true,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          "file",
          new TimeParser(ZoneOffset.UTC, TimeUnit.MILLISECONDS));
  private static final Mapping NDJSON = with(CSV, Format.NDJSON);

  @TempDir Path folder;

  @Test
  void columnsAreFoundByName() throws IOException {
    assertThat(read("value,extra,time,key\n1.5,x,7,a\n-2e3,y,8,b\n", CSV))
        .containsExactly(
            new Line.Sample(2, "a", OptionalLong.of(7_000_000), 1.5),
            new Line.Sample(3, "b", OptionalLong.of(8_000_000), -2_000));
  }

  @Test
  void theFileIsTheKeyWhereNoColumnIs() throws IOException {
    assertThat(read("value\n1\n", CSV))
        .containsExactly(new Line.Sample(2, "file", OptionalLong.empty(), 1));
  }

  @Test
  void aSeriesIsAllSamplesAndStopsWhereALineIsNone() throws IOException {
    Path file = folder.resolve("series.csv");
    Files.writeString(file, "time,value\n7,1.5\n8,-2\n");
    Series series = new Source(file).series(CSV);
    assertThat(series.key()).isEqualTo("file");
    assertThat(series.timesNanos()).containsExactly(7_000_000, 8_000_000);
    assertThat(series.values()).containsExactly(1.5, -2);

    Files.writeString(file, "time,value\n7,1.5\n8,x\n");
    assertThatThrownBy(() -> new Source(file).series(CSV))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("series.csv:3: value 'x' is not a number");

    Files.writeString(file, "value\n1.5\n");
    assertThatThrownBy(() -> new Source(file).series(CSV))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("series.csv:2: there is no time");
  }

  @Test
  void marksCarriageReturnsQuotesAndEmptyLinesAreNoMatter() throws IOException {
    assertThat(read("\uFEFFkey,value\r\n\"a,\"\"b\"\"\",1\r\n\r\n  \r\nc,\" 2 \"\r\n", CSV))
        .containsExactly(
            new Line.Sample(2, "a,\"b\"", OptionalLong.empty(), 1),
            new Line.Sample(5, "c", OptionalLong.empty(), 2));
  }

  @Test
  void malformedLinesAreNamedAndDoNotStopTheReading() throws IOException {
    assertThat(read("key,time,value\na,1,x\na,soon,1\na,1\na,1,\na,1,0x1p3\na,1,3\n", CSV))
        .containsExactly(
            new Line.Malformed(2, "value 'x' is not a number"),
            new Line.Malformed(3, "'soon' is not a time"),
            new Line.Malformed(4, "2 columns where 3 are needed"),
            new Line.Malformed(5, "no value"),
            new Line.Malformed(6, "value '0x1p3' is not a number"),
            new Line.Sample(7, "a", OptionalLong.of(1_000_000), 3));
  }

  @Test
  void whatIsNotFiniteIsLeftToTheServer() throws IOException {
    assertThat(read("key,value\na,NaN\n", CSV))
        .containsExactly(new Line.Sample(2, "a", OptionalLong.empty(), Double.NaN));
  }

  @Test
  void columnsByNumberNeedNoHeader() throws IOException {
    Mapping numbered =
        new Mapping(
            Format.CSV,
            false,
            Optional.of("3"),
            Optional.of("1"),
            Optional.of("2"),
            Optional.empty(),
            "file",
            CSV.times());
    assertThat(read("5,1.5,a\n", numbered))
        .containsExactly(new Line.Sample(1, "a", OptionalLong.of(5_000_000), 1.5));
  }

  @Test
  void aMissingColumnIsAnError() {
    assertThatThrownBy(() -> read("a,b\n1,2\n", CSV))
        .isInstanceOf(InputException.class)
        .hasMessage("line 1 names no column 'value', only [a, b]");
  }

  @Test
  void aQuoteLeftOpenIsAnError() {
    assertThatThrownBy(() -> read("key,value\n\"a,1\nb,2\n", CSV))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("after line");
  }

  @Test
  void objectsAreLines() throws IOException {
    String lines =
        """
        {"key":"a","timestamp":"2015-09-08T00:00:00Z","value":1.5}

        {"value":"2","timestamp":7,"key":8}
        {"timestamp":7,"value":1}
        [1]
        {"key":"a"
        {"key":"a","timestamp":7,"value":true}
        """;
    assertThat(read(lines, NDJSON))
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .isEqualTo(new Line.Sample(1, "a", OptionalLong.of(1441670400000000000L), 1.5)),
            line ->
                assertThat(line).isEqualTo(new Line.Sample(3, "8", OptionalLong.of(7_000_000), 2)),
            line -> assertThat(line).isEqualTo(new Line.Malformed(4, "no field 'key'")),
            line -> assertThat(line).isEqualTo(new Line.Malformed(5, "not a JSON object")),
            line -> assertThat(line).isInstanceOf(Line.Malformed.class),
            line ->
                assertThat(line).isEqualTo(new Line.Malformed(7, "value 'true' is not a number")));
  }

  @Test
  void gzipIsRecognizedWhateverTheName() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write("key,value\na,1\n".getBytes(StandardCharsets.UTF_8));
    }
    Source source = source(packed.toByteArray());
    AtomicLong bytes = new AtomicLong();
    assertThat(readAll(source.read(CSV, bytes::addAndGet)))
        .containsExactly(new Line.Sample(2, "a", OptionalLong.empty(), 1));
    assertThat(bytes).as("progress is of the file").hasValue(packed.size());
  }

  @Test
  void otherEncodingsAreAnError() throws IOException {
    Source source = source("key,value\nä,1\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> readAll(source.read(CSV, b -> {}))).isInstanceOf(IOException.class);
  }

  @Test
  void namesTellFormatAndKey() {
    assertThat(Format.byName("x.CSV.gz")).contains(Format.CSV);
    assertThat(Format.byName("x.jsonl")).contains(Format.NDJSON);
    assertThat(Format.byName("x.log")).isEmpty();
    assertThat(new Source(Path.of("/a/b.c.csv.gz")).baseName()).isEqualTo("b.c");
    assertThat(new Source(Path.of("plain")).baseName()).isEqualTo("plain");
  }

  private List<Line> read(String text, Mapping mapping) throws IOException {
    return readAll(source(text.getBytes(StandardCharsets.UTF_8)).read(mapping, b -> {}));
  }

  private Source source(byte[] bytes) throws IOException {
    return new Source(Files.write(folder.resolve("file.csv"), bytes));
  }

  private static List<Line> readAll(LineReader reader) throws IOException {
    List<Line> lines = new ArrayList<>();
    try (reader) {
      for (Line line = reader.next(); line != null; line = reader.next()) {
        lines.add(line);
      }
    }
    return lines;
  }

  private static Mapping with(Mapping other, Format format) {
    return new Mapping(
        format,
        other.header(),
        other.keyColumn(),
        other.timeColumn(),
        other.valueColumn(),
        other.key(),
        other.fallbackKey(),
        other.times());
  }
}
