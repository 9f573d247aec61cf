import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;

/** Ends with an error unless a file holds one JSON object and nothing beside it. */
class OneJson {
  public static void main(String[] args) throws Exception {
    JsonNode document =
        new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .readTree(Path.of(args[0]).toFile());
    if (!document.isObject() || document.isEmpty()) {
      throw new IllegalStateException("not a JSON object with content: " + args[0]);
    }
    System.out.println("one JSON object with " + String.join(", ", (Iterable<String>) document::fieldNames));
  }
}
