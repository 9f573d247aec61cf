package io.thalweg.hostile;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.thalweg.v1.IngestRequest;
import io.thalweg.v1.IngestResponse;
import io.thalweg.v1.Series;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Messages that are none, lie about their length, or are too large. */
final class MessageAttacks {
  private static final int MIB = 1 << 20;
  private static final int LIMIT = 4 * MIB;
  private static final int SECONDS = 20;
  private static final int SEED = 1;
  private static final int START_GROUP = 15 << 3 | 3;

  private static final List<String> METHODS =
      List.of(
          Body.INGEST,
          Body.INGEST_BATCH,
          "/thalweg.v1.QueryService/GetKey",
          "/thalweg.v1.QueryService/ListKeys",
          "/thalweg.v1.QueryService/Watch",
          "/thalweg.v1.QueryService/ReadHistory",
          "/thalweg.v1.StreamService/GetStream",
          "/thalweg.v1.StatusService/GetStatus",
          "/grpc.health.v1.Health/Check",
          "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo");

  private MessageAttacks() {}

  static List<Attack> all() {
    return List.of(
        new Attack(
            "malformed",
            "bytes that are no message, to every method; to some they are a message all the same",
            Set.of("INVALID_ARGUMENT", "NOT_FOUND", "OK"),
            MessageAttacks::malformed),
        new Attack(
            "nested",
            "a million groups within each other, at the top and in a field that some methods do not know",
            Set.of("INVALID_ARGUMENT", "NOT_FOUND", "OK"),
            MessageAttacks::nested),
        new Attack(
            "bad-utf8",
            "keys, streams and producers that are no UTF-8",
            Set.of("INVALID_ARGUMENT"),
            MessageAttacks::badUtf8),
        new Attack(
            "frame-lengths",
            "messages of negative and huge lengths, and of flags that there are not",
            Set.of("RESOURCE_EXHAUSTED", "INTERNAL", "CANCELLED"),
            MessageAttacks::lengths),
        new Attack(
            "gzip-bomb",
            "13 MiB that unpack to 13 GiB, and broken gzip",
            Set.of("RESOURCE_EXHAUSTED", "INVALID_ARGUMENT", "UNIMPLEMENTED"),
            MessageAttacks::bombs),
        new Attack(
            "oversize",
            "keys, batches and messages over their limits",
            Set.of("rejected", "INVALID_ARGUMENT", "RESOURCE_EXHAUSTED", "CANCELLED"),
            MessageAttacks::oversize),
        new Attack(
            "unfinished",
            "messages of 16 MiB, as many as a connection takes, that lack their last byte",
            Set.of("UNAVAILABLE", "RESOURCE_EXHAUSTED", "open"),
            MessageAttacks::unfinished));
  }

  private static void malformed(Target target, Sight sight) throws Exception {
    List<byte[]> messages =
        new ArrayList<>(
            List.of(
                new byte[] {0x0a},
                new byte[] {0x0a, 0x7f, 1},
                new byte[] {0x00, 0x00},
                new byte[] {0x0e, 1},
                new byte[] {0x0f, 1},
                new byte[] {0x0c},
                new byte[] {0x22, 2, 0x12, 0x01},
                new byte[] {0x0a, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1},
                new byte[] {0x0a, -1, -1, -1, -1, 7},
                new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1}));
    Random random = new Random(SEED);
    for (int i = 0; i < target.many(200); i++) {
      byte[] noise = new byte[1 + random.nextInt(1 << 12)];
      random.nextBytes(noise);
      noise[0] = 0x0f; // no type of the wire: never a message
      messages.add(noise);
    }
    everywhere(target, sight, messages);
  }

  private static void nested(Target target, Sight sight) throws Exception {
    byte[] groups = new byte[MIB];
    Arrays.fill(groups, (byte) START_GROUP);
    byte[] inSeries = new byte[MIB + 4];
    Arrays.fill(inSeries, (byte) START_GROUP);
    inSeries[0] = 0x22; // series, of 2^20 bytes
    inSeries[1] = (byte) 0x80;
    inSeries[2] = (byte) 0x80;
    inSeries[3] = 0x40;
    everywhere(target, sight, List.of(groups, inSeries));
  }

  private static void everywhere(Target target, Sight sight, List<byte[]> messages)
      throws Exception {
    for (String method : METHODS) {
      try (RawConnection connection = RawConnection.open(target)) {
        for (byte[] message : messages) {
          sight.add(call(connection, method, Map.of(), Body.of(message)));
        }
      }
    }
  }

  private static void badUtf8(Target target, Sight sight) throws Exception {
    List<ByteString> texts = new ArrayList<>();
    for (int[] bytes :
        List.of(
            new int[] {0xff},
            new int[] {0xc0, 0xaf},
            new int[] {0xed, 0xa0, 0x80},
            new int[] {0xf4, 0x90, 0x80, 0x80},
            new int[] {0xe2, 0x82},
            new int[] {'a', 0x80})) {
      byte[] text = new byte[bytes.length];
      for (int i = 0; i < text.length; i++) {
        text[i] = (byte) bytes[i];
      }
      texts.add(ByteString.copyFrom(text));
    }
    try (RawConnection connection = RawConnection.open(target)) {
      for (ByteString text : texts) {
        UnknownFieldSet first = field(1, text);
        for (UnknownFieldSet message :
            List.of(first, field(2, text), field(4, first.toByteString()))) {
          sight.add(call(connection, Body.INGEST_BATCH, Map.of(), Body.of(message.toByteArray())));
          sight.add(call(connection, Body.INGEST, Map.of(), Body.of(message.toByteArray())));
        }
        sight.add(
            call(
                connection,
                "/thalweg.v1.QueryService/GetKey",
                Map.of(),
                Body.of(first.toByteArray())));
      }
    }
  }

  private static UnknownFieldSet field(int number, ByteString bytes) {
    return UnknownFieldSet.newBuilder()
        .addField(number, UnknownFieldSet.Field.newBuilder().addLengthDelimited(bytes).build())
        .build();
  }

  private static void lengths(Target target, Sight sight) throws Exception {
    byte[] some = Body.sample("k").toByteArray();
    for (String method : METHODS) {
      try (RawConnection connection = RawConnection.open(target)) {
        for (int length :
            List.of(-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 17 * MIB, -some.length)) {
          sight.add(call(connection, method, Map.of(), Body.of(0, length, some)));
        }
        for (int flag : List.of(0xff, 0x80, 2, 1)) {
          sight.add(call(connection, method, Map.of(), Body.of(flag, some.length, some)));
        }
      }
    }
  }

  private static void bombs(Target target, Sight sight) throws Exception {
    byte[] part = Body.zipped(new byte[64 * MIB]);
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    while (bomb.size() + part.length <= 13 * MIB) {
      bomb.writeBytes(part);
    }
    byte[] broken = Arrays.copyOf(part, part.length / 2);
    byte[] noise = new byte[1_000];
    new Random(SEED).nextBytes(noise);
    Map<String, String> gzip = Map.of("grpc-encoding", "gzip");
    for (String method : METHODS) {
      try (RawConnection connection = RawConnection.open(target)) {
        for (byte[] message : List.of(bomb.toByteArray(), part, broken, noise)) {
          sight.add(call(connection, method, gzip, Body.of(1, message.length, message)));
        }
        byte[] message = Body.of(1, noise.length, noise);
        sight.add(call(connection, method, Map.of("grpc-encoding", "br"), message));
      }
    }
  }

  private static void oversize(Target target, Sight sight) throws Exception {
    try (RawConnection connection = RawConnection.open(target)) {
      for (int bytes : List.of(513, 1 << 16, MIB)) {
        int stream =
            connection.call(Body.INGEST_BATCH, Map.of(), Body.of(Body.sample("k".repeat(bytes))));
        String outcome = connection.outcome(stream, SECONDS);
        IngestResponse response = IngestResponse.parseFrom(Body.message(connection.body(stream)));
        boolean rejected = response.getRejectionsCount() == 1 && response.getRecorded() == 0;
        sight.add(outcome.equals("OK") && rejected ? "rejected" : outcome);
      }
      IngestRequest.Builder many = IngestRequest.newBuilder().setStream(Target.STREAM);
      for (int i = 0; i <= 32_768; i++) {
        many.addSeries(Series.newBuilder().setKey("k" + i).addValues(1));
      }
      sight.add(call(connection, Body.INGEST_BATCH, Map.of(), Body.of(many.build())));
      IngestRequest.Builder refused = IngestRequest.newBuilder().setStream(Target.STREAM);
      Series.Builder series = Series.newBuilder().setKey("k");
      for (int i = 0; i < 400_000; i++) {
        series.addValues(Double.NaN);
      }
      sight.add(
          call(
              connection, Body.INGEST_BATCH, Map.of(), Body.of(refused.addSeries(series).build())));
      sight.add(
          call(
              connection,
              Body.INGEST_BATCH,
              Map.of(),
              Body.of(
                  IngestRequest.newBuilder()
                      .setStream(Target.STREAM)
                      .setProducerId("p".repeat(1 << 16))
                      .setSequence(1)
                      .build())));
      for (String method : METHODS) {
        for (int bytes : List.of(LIMIT + 1, 15 * MIB, 17 * MIB)) {
          sight.add(call(connection, method, Map.of(), Body.of(new byte[bytes])));
        }
      }
    }
  }

  private static void unfinished(Target target, Sight sight) throws Exception {
    byte[] body = Body.of(0, 16 * MIB - 1, new byte[16 * MIB - 2]);
    long deadline = target.deadline();
    try (RawConnection connection = RawConnection.open(target)) {
      List<Integer> streams = new ArrayList<>();
      for (int i = 0; i < 100 && !connection.hasEnded() && System.nanoTime() < deadline; i++) {
        int stream = connection.call(Body.INGEST, Map.of());
        streams.add(stream);
        connection.send(stream, body, false);
        connection.flush();
      }
      for (int stream : streams) {
        sight.add(connection.outcome(stream, 0));
      }
    }
  }

  static String call(
      RawConnection connection, String method, Map<String, String> headers, byte[] body)
      throws Exception {
    return connection.outcome(connection.call(method, headers, body), SECONDS);
  }
}
