package io.thalweg.ingest;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the edge reads is what protoc's parser reads, whoever has written it and however. */
class RequestDecoderPropertyTest {
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

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whateverComesIsReadAsProtobufReadsIt(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int noMessages = 0;
    int delivered = 0;
    for (int call = 0; call < 1_000; call++) {
      RequestDecoder decoder =
          new RequestDecoder("Ingest", Map.of("s", STREAM), SETTINGS, () -> NOW);
      ReferenceDecoder reference = new ReferenceDecoder("s", SETTINGS, NOW, SECOND);
      for (int i = 0; i < 6; i++) {
        byte[] request = RandomRequest.wellFormed(random, NOW);
        if (random.nextBoolean()) {
          request = RandomRequest.damaged(random, request);
        }
        DecodedRequest expected = reference.decode(request);
        DecodedRequest actual = DecodedRequest.of(decoder.decode(request));
        assertThat(withoutReason(actual))
            .as("seed %d, %s", seed, HexFormat.of().formatHex(request))
            .isEqualTo(expected);
        noMessages += isNoMessage(expected) ? 1 : 0;
        delivered += expected instanceof DecodedRequest.Valid v && !v.series().isEmpty() ? 1 : 0;
      }
    }
    assertThat(noMessages).as("requests that are no messages").isGreaterThan(300);
    assertThat(delivered).as("requests with something to deliver").isGreaterThan(300);
  }

  /** Why it is no message may be put otherwise. */
  private static DecodedRequest withoutReason(DecodedRequest decoded) {
    return decoded instanceof DecodedRequest.Invalid invalid && invalid.why().startsWith(NO_MESSAGE)
        ? new DecodedRequest.Invalid(invalid.code(), NO_MESSAGE)
        : decoded;
  }

  private static boolean isNoMessage(DecodedRequest decoded) {
    return decoded.equals(new DecodedRequest.Invalid(Status.Code.INVALID_ARGUMENT, NO_MESSAGE));
  }
}
