package io.thalweg.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Pekko's settings, as they follow from ours. What is the same for all nodes is in node.conf. */
final class PekkoSettings {
  private static final String LOOPBACK = "127.0.0.1";
  private static final long MIB = 1 << 20;

  /** A key's answer takes up to 4 MiB, other messages up to 1 MiB unless they hold one series. */
  private static final long FRAME_MIN = 4 * MIB;

  /** More would only be asked for by mistake: each of Artery's buffers is as large. */
  private static final long FRAME_MAX = 64 * MIB;

  /** For what is around the samples: keys, the sender, Pekko's own headers. */
  private static final long FRAME_MARGIN = MIB;

  /** A time takes up to ten bytes on the way between nodes, a value eight. */
  private static final long SAMPLE_BYTES = 18;

  private PekkoSettings() {}

  /** Ours win over the given ones. */
  static Config over(Config config, NodeSettings settings) {
    Map<String, Object> ours = new HashMap<>();
    ClusterSettings cluster = settings.cluster();
    boolean clustered = cluster.isClustered();
    ours.put("pekko.remote.artery.canonical.hostname", clustered ? cluster.host() : LOOPBACK);
    ours.put("pekko.remote.artery.canonical.port", clustered ? cluster.port() : 0);
    ours.put("pekko.remote.artery.advanced.maximum-frame-size", frameBytes(settings) + "B");
    ours.put("pekko.cluster.app-version", appVersion(cluster));
    ours.put("pekko.cluster.sharding.number-of-shards", cluster.shards());
    ours.put(
        "pekko.cluster.sharding.passivation.keys.active-entity-limit",
        settings.entity().activeMax());
    management(settings, ours);
    return ConfigFactory.parseMap(ours, "thalweg's settings").withFallback(config);
  }

  private static void management(NodeSettings settings, Map<String, Object> ours) {
    ClusterSettings cluster = settings.cluster();
    ManagementSettings management = settings.management();
    boolean isBootstrap = cluster.discovery().isBootstrap();
    // The others reach it where they reach the node; it listens where it is told to.
    ours.put("pekko.management.http.hostname", isBootstrap ? cluster.host() : management.host());
    ours.put("pekko.management.http.port", management.port());
    ours.put("pekko.management.http.bind-hostname", management.host());
    String bootstrap = "pekko.management.cluster.bootstrap.";
    if (!isBootstrap) {
      ours.put("pekko.management.http.routes.cluster-bootstrap", ""); // Pekko's word for: none
      return;
    }
    String discovery = bootstrap + "contact-point-discovery.";
    ours.put(
        discovery + "discovery-method",
        cluster.discovery() == ClusterSettings.Discovery.DNS ? "pekko-dns" : "kubernetes-api");
    ours.put(discovery + "service-name", cluster.service());
    ours.put(discovery + "required-contact-point-nr", cluster.nodesMin());
    ours.put(bootstrap + "contact-point.fallback-port", management.port());
    if (!cluster.namespace().isEmpty()) {
      ours.put("pekko.discovery.kubernetes-api.pod-namespace", cluster.namespace());
    }
  }

  /** The largest request, or the largest event, must fit in one message to the key's node. */
  private static long frameBytes(NodeSettings settings) {
    long request = settings.grpc().messageBytesMax() * 9L / 8; // 16 bytes of a sample become 18
    long delivery = settings.route().samplesPerDeliveryMax() * SAMPLE_BYTES;
    long frame = Math.max(FRAME_MIN, Math.max(request, delivery)) + FRAME_MARGIN;
    if (settings.cluster().isClustered() && frame > FRAME_MAX) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "thalweg.grpc.message-bytes-max and thalweg.route.samples-per-delivery-max ask for"
                  + " messages of %,d bytes between nodes, more than %,d",
              frame,
              FRAME_MAX));
    }
    return Math.min(frame, FRAME_MAX);
  }

  private static String appVersion(ClusterSettings cluster) {
    String ofJar = PekkoSettings.class.getPackage().getImplementationVersion();
    return !cluster.appVersion().isEmpty() ? cluster.appVersion() : ofJar == null ? "0.0.0" : ofJar;
  }
}
