package io.thalweg.ingest.kafka;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.thalweg.rpc.Excerpt;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads fields of a JSON object without making a tree of it: it goes down only where a wanted field
 * lies, and skips the rest.
 */
final class JsonReader implements FieldReader {
  private static final JsonFactory JSON = new JsonFactory();

  private final Node root = new Node();

  /** A name on the way to wanted fields, or such a field. Of an array the names are 0, 1, 2 ... */
  private static final class Node {
    private final Map<String, Node> children = new HashMap<>();
    private int[] fields = {};

    private void add(List<String> path, int field) {
      Node node = this;
      for (String name : path) {
        node = node.children.computeIfAbsent(name, some -> new Node());
      }
      node.fields = Arrays.copyOf(node.fields, node.fields.length + 1);
      node.fields[node.fields.length - 1] = field;
    }
  }

  JsonReader(Fields fields) {
    for (int field = 0; field < Fields.count(); field++) {
      int place = field;
      fields.path(field).ifPresent(path -> root.add(path, place));
    }
  }

  @Override
  public void read(byte[] value, Fields fields) throws Poison {
    try (JsonParser parser = JSON.createParser(value)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new Poison("the value must be a JSON object");
      }
      readObject(parser, root, fields);
      if (parser.nextToken() != null) {
        throw new Poison("something follows the JSON object");
      }
    } catch (JsonProcessingException bad) {
      throw new Poison("the value is not JSON: " + Excerpt.of(bad.getOriginalMessage()));
    } catch (IOException bad) {
      throw new Poison("the value is not JSON: " + Excerpt.of(String.valueOf(bad.getMessage())));
    }
  }

  private void readObject(JsonParser parser, Node node, Fields fields) throws IOException, Poison {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      Node child = node.children.get(parser.currentName());
      readValue(parser, parser.nextToken(), child, fields);
    }
  }

  private void readArray(JsonParser parser, Node node, Fields fields) throws IOException, Poison {
    int index = 0;
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      readValue(parser, token, node.children.get(Integer.toString(index++)), fields);
    }
  }

  private void readValue(
      JsonParser parser, @Nullable JsonToken token, @Nullable Node node, Fields fields)
      throws IOException, Poison {
    if (node == null) {
      parser.skipChildren();
      return;
    }
    for (int field : node.fields) {
      put(parser, token, field, fields);
    }
    if (token == JsonToken.START_OBJECT) {
      readObject(parser, node, fields);
    } else if (token == JsonToken.START_ARRAY) {
      readArray(parser, node, fields);
    }
  }

  private static void put(JsonParser parser, @Nullable JsonToken token, int field, Fields fields)
      throws IOException, Poison {
    if (token == JsonToken.VALUE_STRING) {
      fields.putText(field, parser.getText());
    } else if (token == JsonToken.VALUE_NUMBER_INT
        && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
      fields.putInteger(field, parser.getLongValue(), parser.getText());
    } else if (token != null && token.isNumeric()) {
      fields.putDecimal(field, parser.getDoubleValue(), parser.getText());
    } else if (token == JsonToken.VALUE_NULL) {
      fields.putNull(field);
    } else {
      fields.putOther(field);
    }
  }
}
