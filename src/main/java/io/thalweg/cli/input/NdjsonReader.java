package io.thalweg.cli.input;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lines that are JSON objects. Where no field for the key or the time is given, the first object
 * decides for all whether there is one.
 */
final class NdjsonReader implements LineReader {
  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build()
          .readerFor(JsonNode.class);

  private final Mapping mapping;
  private final BoundedReader source;
  private final BufferedReader lines;
  private long number;
  private @Nullable Fields fields;

  NdjsonReader(Reader reader, Mapping mapping) {
    this.mapping = mapping;
    this.source = new BoundedReader(reader);
    this.lines = new BufferedReader(source);
  }

  @Override
  public @Nullable Line next() throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      source.recordEnds();
      number++;
      if (!line.isBlank()) {
        return parse(line);
      }
    }
    return null;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }

  private Line parse(String line) throws IOException {
    JsonNode object;
    try {
      object = JSON.readValue(line);
    } catch (JsonProcessingException e) {
      return new Line.Malformed(number, "not JSON: " + e.getOriginalMessage());
    } catch (NumberFormatException e) { // of a number that is JSON, and too large for any type
      return new Line.Malformed(number, "a number is out of range: " + e.getMessage());
    }
    if (!object.isObject()) {
      return new Line.Malformed(number, "not a JSON object");
    }
    if (fields == null) {
      fields = Fields.of(mapping, object);
    }
    return sample(object, fields);
  }

  private Line sample(JsonNode object, Fields named) {
    for (String needed : named.all()) {
      if (!object.path(needed).isValueNode() || object.path(needed).isNull()) {
        return new Line.Malformed(number, "no field '" + needed + "'");
      }
    }
    String key = mapping.key().or(() -> named.key().map(f -> text(object, f))).orElse("");
    return mapping.line(
        number, key.isEmpty() ? mapping.fallbackKey() : key, time(object, named), value(object));
  }

  private Optional<String> time(JsonNode object, Fields named) {
    return named.time().map(f -> text(object, f));
  }

  private String value(JsonNode object) {
    return text(object, mapping.valueColumn().orElse(Mapping.VALUE_NAMES.getFirst()));
  }

  private static String text(JsonNode object, String field) {
    return object.path(field).asText();
  }

  /** The names of the fields; empty: there is none. */
  private record Fields(Optional<String> key, Optional<String> time, String value) {

    static Fields of(Mapping mapping, JsonNode first) {
      return new Fields(
          mapping.key().isPresent()
              ? Optional.empty()
              : mapping.keyColumn().or(() -> present(first, Mapping.KEY_NAMES)),
          mapping.timeColumn().or(() -> present(first, Mapping.TIME_NAMES)),
          mapping.valueColumn().orElse(Mapping.VALUE_NAMES.getFirst()));
    }

    List<String> all() {
      return Stream.of(key, time, Optional.of(value)).flatMap(Optional::stream).toList();
    }

    private static Optional<String> present(JsonNode first, List<String> names) {
      return names.stream().filter(first::has).findFirst();
    }
  }
}
