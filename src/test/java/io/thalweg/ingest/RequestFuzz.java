package io.thalweg.ingest;

import io.grpc.Status;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.domain.key.TimeRules;
import io.thalweg.domain.stats.Statistics;
import io.thalweg.domain.window.NamedWindow;
import io.thalweg.domain.window.WindowDefinition;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Any bytes as a request: read as protoc's parser reads them, without any exception. */
public final class RequestFuzz {
  private static final long NOW = TimeUnit.DAYS.toNanos(20_000);
  private static final long SECOND = 1_000_000_000;
  private static final IngestSettings SETTINGS = new IngestSettings(16, 32, 6);
  private static final String NO_MESSAGE = "the request is not a message";
  private static final StreamDefinition STREAM =
      new StreamDefinition(
          "s",
          List.of(new NamedWindow("w", new WindowDefinition.SlidingCount(10))),
          Optional.empty(),
          new TimeRules(0, 0, 0, SECOND),
          8,
          Statistics.BASIC);

  private RequestFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    RequestDecoder decoder = new RequestDecoder("Ingest", Map.of("s", STREAM), SETTINGS, () -> NOW);
    ReferenceDecoder reference = new ReferenceDecoder("s", SETTINGS, NOW, SECOND);
    DecodedRequest expected = reference.decode(input);
    DecodedRequest actual = DecodedRequest.of(decoder.decode(input.clone()));
    if (actual instanceof DecodedRequest.Invalid invalid && invalid.why().startsWith(NO_MESSAGE)) {
      actual = new DecodedRequest.Invalid(Status.Code.INVALID_ARGUMENT, NO_MESSAGE);
    }
    if (!actual.equals(expected)) {
      throw new AssertionError(
          "%s%nis read as %s%nand by protobuf as %s"
              .formatted(HexFormat.of().formatHex(input), actual, expected));
    }
  }
}
