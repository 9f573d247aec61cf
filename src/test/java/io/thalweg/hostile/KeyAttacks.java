package io.thalweg.hostile;

import io.thalweg.domain.key.Shards;
import io.thalweg.domain.key.StreamKey;
import io.thalweg.v1.GetKeyRequest;
import io.thalweg.v1.IngestRequest;
import io.thalweg.v1.IngestResponse;
import io.thalweg.v1.KeyState;
import io.thalweg.v1.Series;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;

/** Requests that are in order, and keys, times and numbers of them that are meant to hurt. */
final class KeyAttacks {
  private static final int SECONDS = 60;
  private static final int IN_FLIGHT = 4;
  private static final int SERIES = 5_000;
  private static final int SAME_HASH = 32_768;
  private static final int SHARDS = 61;
  private static final long SECOND_NANOS = 1_000_000_000L;

  private KeyAttacks() {}

  static List<Attack> all() {
    return List.of(
        new Attack(
            "hash-collisions",
            "32,768 keys of one hash code, again and again",
            Set.of("OK"),
            (target, sight) -> lasting(target, sight, SAME_HASH, KeyAttacks::sameHash)),
        new Attack(
            "one-shard",
            "5,000 keys of one shard, again and again",
            Set.of("OK"),
            (target, sight) -> lasting(target, sight, SERIES, oneShard()::get)),
        new Attack(
            "times",
            "times of 1970, of now, and of the far future, in turn",
            Set.of("OK", "rejected"),
            KeyAttacks::times),
        new Attack(
            "texts",
            "keys with line breaks, quotes, separators and control characters",
            Set.of("rejected", "counted apart", "INVALID_ARGUMENT", "NOT_FOUND"),
            KeyAttacks::texts),
        new Attack("many-keys", "a million new keys", Set.of("OK"), KeyAttacks::manyKeys));
  }

  /** As many as those of one hash code. */
  static void ordinaryKeys(Target target, Sight sight) throws Exception {
    lasting(target, sight, SAME_HASH, "%030d"::formatted);
  }

  private static void manyKeys(Target target, Sight sight) throws Exception {
    String run = "new-" + System.nanoTime() + "-";
    int requests = target.many(200);
    try (RawConnection connection = RawConnection.open(target)) {
      send(
          connection,
          sight,
          requests,
          SERIES,
          (request, index) -> run + (request * SERIES + index));
    }
  }

  private static void lasting(Target target, Sight sight, int series, IntFunction<String> key)
      throws Exception {
    long deadline = target.deadline();
    try (RawConnection connection = RawConnection.open(target)) {
      while (System.nanoTime() < deadline) {
        send(connection, sight, IN_FLIGHT, series, (request, index) -> key.apply(index));
      }
    }
  }

  /** The key of a series in a request. */
  private interface KeyOf {
    String key(int request, int index);
  }

  private static void send(
      RawConnection connection, Sight sight, int requests, int series, KeyOf keys)
      throws Exception {
    ArrayDeque<Integer> inFlight = new ArrayDeque<>();
    for (int r = 0; r < requests; r++) {
      IngestRequest.Builder request = IngestRequest.newBuilder().setStream(Target.STREAM);
      for (int i = 0; i < series; i++) {
        request.addSeries(Series.newBuilder().setKey(keys.key(r, i)).addValues(i));
      }
      inFlight.add(connection.call(Body.INGEST_BATCH, Map.of(), Body.of(request.build())));
      if (inFlight.size() >= IN_FLIGHT) {
        sight.add(connection.outcome(inFlight.remove(), SECONDS));
      }
    }
    while (!inFlight.isEmpty()) {
      sight.add(connection.outcome(inFlight.remove(), SECONDS));
    }
  }

  /** Two letters of 15 pairs each: "Aa" and "BB" have the same hash code. */
  private static String sameHash(int index) {
    StringBuilder key = new StringBuilder();
    for (int bit = 0; bit < 15; bit++) {
      key.append((index >> bit & 1) == 0 ? "Aa" : "BB");
    }
    return key.toString();
  }

  private static List<String> oneShard() {
    Shards shards = new Shards(SHARDS);
    List<String> keys = new ArrayList<>();
    for (int i = 0; keys.size() < SERIES; i++) {
      String key = "shard-" + i;
      if (shards.of(new StreamKey(Target.STREAM, key).entityId()) == 0) {
        keys.add(key);
      }
    }
    return keys;
  }

  private static void times(Target target, Sight sight) throws Exception {
    long deadline = target.deadline();
    String run = "time-" + System.nanoTime() + "-";
    try (RawConnection connection = RawConnection.open(target)) {
      for (int turn = 0; System.nanoTime() < deadline; turn++) {
        long now = System.currentTimeMillis() * 1_000_000;
        Series.Builder good = Series.newBuilder().setKey(run + turn % 100);
        for (long time : List.of(0L, 1L, now, 3_600 * SECOND_NANOS, now + 50 * SECOND_NANOS)) {
          good.addTimeUnixNano(time).addValues(turn);
        }
        sight.add(ingest(connection, good, 0));
        Series.Builder bad = Series.newBuilder().setKey(run + turn % 100);
        for (long time : List.of(Long.MAX_VALUE, Long.MIN_VALUE, -1L, now + 3_600 * SECOND_NANOS)) {
          bad.addTimeUnixNano(time).addValues(turn);
        }
        sight.add(ingest(connection, bad, 4));
      }
    }
  }

  private static void texts(Target target, Sight sight) throws Exception {
    String run = Long.toString(System.nanoTime());
    try (RawConnection connection = RawConnection.open(target)) {
      for (String control :
          List.of("\n", "\r\n", "\t", "\0", "\u001b[2J", "\u0085", "\u007f", "\u0001")) {
        String key = run + control + "FORGED 2026-01-01T00:00:00.000Z ERROR io.thalweg - forged";
        sight.add(ingest(connection, Series.newBuilder().setKey(key).addValues(1), 1));
        sight.add(get(connection, key));
        IngestRequest stream = IngestRequest.newBuilder().setStream(key).build();
        sight.add(MessageAttacks.call(connection, Body.INGEST_BATCH, Map.of(), Body.of(stream)));
      }
      List<String> keys = new ArrayList<>();
      for (String text :
          List.of(
              "|",
              "||",
              "/",
              "//",
              "%7C",
              "%2F",
              "$",
              "..",
              "/../",
              "\"",
              "'",
              "\\",
              "\\n",
              "{}",
              "\"} 1\nx".replace("\n", "\u2028"),
              "\u202e",
              "\u200b",
              "'; drop table events; --",
              "\ud83d\ude00",
              "e\u0301",
              "\u00e9",
              " ",
              "  ",
              "#",
              "*",
              "?",
              "${jndi:ldap://x}")) {
        keys.add(run + text + "k");
      }
      for (String key : keys) {
        String outcome = ingest(connection, Series.newBuilder().setKey(key).addValues(1), 0);
        if (!outcome.equals("OK")) {
          sight.add(outcome);
        }
      }
      for (String key : keys) {
        sight.add(get(connection, key));
      }
    }
  }

  /** OK, or {@code rejected}: as many rejections as expected, and nothing recorded. */
  private static String ingest(RawConnection connection, Series.Builder series, int rejections)
      throws Exception {
    IngestRequest request =
        IngestRequest.newBuilder().setStream(Target.STREAM).addSeries(series).build();
    int stream = connection.call(Body.INGEST_BATCH, Map.of(), Body.of(request));
    String outcome = connection.outcome(stream, SECONDS);
    if (!outcome.equals("OK")) {
      return outcome;
    }
    IngestResponse response = IngestResponse.parseFrom(Body.message(connection.body(stream)));
    if (response.getRejectionsCount() != rejections) {
      return "%d rejections instead of %d".formatted(response.getRejectionsCount(), rejections);
    }
    return rejections > 0 && response.getRecorded() == 0 ? "rejected" : "OK";
  }

  /** {@code counted apart}: the key is known by its name, and has one sample. */
  private static String get(RawConnection connection, String key) throws Exception {
    GetKeyRequest request = GetKeyRequest.newBuilder().setStream(Target.STREAM).setKey(key).build();
    int stream = connection.call("/thalweg.v1.QueryService/GetKey", Map.of(), Body.of(request));
    String outcome = connection.outcome(stream, SECONDS);
    if (!outcome.equals("OK")) {
      return outcome;
    }
    KeyState state = KeyState.parseFrom(Body.message(connection.body(stream)));
    return state.getKey().equals(key) && state.getTotal().getCount() == 1
        ? "counted apart"
        : "counted together";
  }
}
