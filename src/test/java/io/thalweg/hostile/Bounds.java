package io.thalweg.hostile;

import java.util.Map;

/** What bounds each attack, for the table: settings by their names. */
final class Bounds {
  private static final String NONE = "–";
  private static final String FAULT =
      "closed; after `connection-faults-per-minute-max` of these the address is held off";
  private static final String KEYS = "`route.recoveries-in-flight-max`, `entity.active-max`";

  private static final Map<String, String> BOUNDS =
      Map.ofEntries(
          Map.entry("nothing", NONE),
          Map.entry("elsewhere", NONE),
          Map.entry("unwatched", NONE),
          Map.entry("ordinary-keys", KEYS),
          Map.entry("malformed", "the call fails"),
          Map.entry("nested", "the call fails"),
          Map.entry("bad-utf8", "the call fails"),
          Map.entry("frame-lengths", "`message-bytes-max`"),
          Map.entry("gzip-bomb", "`message-bytes-max`, unpacked"),
          Map.entry("oversize", "`message-bytes-max`"),
          Map.entry("unfinished", "`arriving-bytes-max`"),
          Map.entry("rapid-reset", "`resets-per-minute-max`: " + FAULT),
          Map.entry("made-you-reset", "`resets-per-minute-max`: " + FAULT),
          Map.entry("continuation-flood", "`header-bytes-max`: " + FAULT),
          Map.entry("ping-flood", FAULT),
          Map.entry("settings-flood", FAULT),
          Map.entry("empty-frames", "`empty-frames-per-minute-max`: " + FAULT),
          Map.entry("zero-window", "`calls-per-connection-max`"),
          Map.entry("window-overflow", "the connection is closed"),
          Map.entry("slowloris", "`frame-timeout`"),
          Map.entry("open-calls", "`calls-per-connection-max`"),
          Map.entry("idle-connections", "`connections-per-address-max`, `frame-timeout`"),
          Map.entry("slow-subscriber", "only the newest is kept; `results.watch-unread-max`"),
          Map.entry("hash-collisions", KEYS),
          Map.entry("one-shard", KEYS),
          Map.entry("times", "rejections"),
          Map.entry("texts", "rejections"),
          Map.entry("many-keys", KEYS));

  private Bounds() {}

  /**
   * Of the attack of a name.
   *
   * @throws IllegalArgumentException if nobody has said
   */
  static String of(String attack) {
    String bound = BOUNDS.get(attack);
    if (bound == null) {
      throw new IllegalArgumentException("what bounds " + attack + " is not said");
    }
    return bound;
  }
}
