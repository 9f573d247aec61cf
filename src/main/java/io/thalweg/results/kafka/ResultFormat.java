package io.thalweg.results.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.thalweg.json.ApiJson;
import io.thalweg.v1.Result;
import java.util.Locale;

/** How a result is written. */
public enum ResultFormat {
  /** An object on one line, with the names of the gRPC API. */
  JSON("application/json") {
    @Override
    byte[] bytes(Result result) {
      return ApiJson.text(ApiJson.of(result)).getBytes(UTF_8);
    }
  },
  /** The message {@code thalweg.v1.Result}. */
  PROTOBUF("application/x-protobuf; messageType=\"thalweg.v1.Result\"") {
    @Override
    byte[] bytes(Result result) {
      return result.toByteArray();
    }
  };

  private final String contentType;

  ResultFormat(String contentType) {
    this.contentType = contentType;
  }

  String contentType() {
    return contentType;
  }

  abstract byte[] bytes(Result result);

  /** As it stands in the configuration. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
