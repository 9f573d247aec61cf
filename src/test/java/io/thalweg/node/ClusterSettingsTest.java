package io.thalweg.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClusterSettingsTest {
  private static final String SHARED =
      """
      thalweg.journal.store = postgres
      thalweg.journal.postgres { url = "jdbc:postgresql://db/thalweg", user = u }
      """;

  @Test
  void nodeIsAloneOnLoopbackUnlessToldOtherwise() throws Exception {
    NodeSettings settings = settings("");
    assertThat(settings.cluster().discovery()).isEqualTo(ClusterSettings.Discovery.NONE);
    assertThat(settings.management().enabled()).isFalse();
    Config pekko = pekko("");
    assertThat(pekko.getString("pekko.remote.artery.canonical.hostname")).isEqualTo("127.0.0.1");
    assertThat(pekko.getInt("pekko.remote.artery.canonical.port")).isZero();
  }

  @Test
  void seedNodesAreAListOrOneText() throws Exception {
    List<HostAndPort> both = List.of(new HostAndPort("a", 7471), new HostAndPort("::1", 7472));
    for (String written : List.of("\"a:7471, [::1]:7472\"", "[\"a:7471\", \"[::1]:7472\"]")) {
      NodeSettings settings =
          settings(SHARED + "thalweg.cluster { discovery = seeds, seed-nodes = " + written + " }");
      assertThat(settings.cluster().seedNodes()).isEqualTo(both);
      assertThat(settings.management().enabled()).isTrue();
    }
  }

  @Test
  void clusterNeedsASharedJournal() {
    refused("thalweg.cluster { discovery = seeds, seed-nodes = \"a:1\" }", "postgres", "rocksdb");
  }

  @Test
  void wrongSettingsAreRefusedWithAReason() {
    refused(SHARED + "thalweg.cluster.discovery = gossip", "none, seeds, dns or kubernetes");
    refused(SHARED + "thalweg.cluster.discovery = seeds", "seed-nodes names none");
    refused(SHARED + "thalweg.cluster.seed-nodes = \"a:1\"", "discovery = seeds");
    refused(
        SHARED + "thalweg.cluster { discovery = seeds, seed-nodes = \"a\" }", "host:port", ": a");
    refused(SHARED + "thalweg.cluster { discovery = seeds, seed-nodes = \"a:70000\" }", "65535");
    refused("thalweg.cluster.shards = 64", "prime", "64");
    refused("thalweg.cluster.shards = 1", "prime");
    refused("thalweg.cluster.nodes-min = 0", "nodes-min");
    refused("thalweg.management.enabled = perhaps", "auto, on or off");
    refused(SHARED + "thalweg { cluster.discovery = dns, management.enabled = off }", "management");
    refused("thalweg.cluster.join-timeout = 1ms", "join-timeout");
  }

  @Test
  void bootstrapFollowsFromOurSettings() throws Exception {
    Config pekko =
        pekko(
            SHARED
                + """
                thalweg.cluster {
                  discovery = kubernetes, service = flow, nodes-min = 3, host = "10.0.0.7", namespace = prod
                }
                thalweg.management { host = "0.0.0.0", port = 8558 }
                """);
    String bootstrap = "pekko.management.cluster.bootstrap.";
    assertThat(pekko.getString(bootstrap + "contact-point-discovery.discovery-method"))
        .isEqualTo("kubernetes-api");
    assertThat(pekko.getString(bootstrap + "contact-point-discovery.service-name"))
        .isEqualTo("flow");
    assertThat(pekko.getInt(bootstrap + "contact-point-discovery.required-contact-point-nr"))
        .isEqualTo(3);
    assertThat(pekko.getInt(bootstrap + "contact-point.fallback-port")).isEqualTo(8558);
    assertThat(pekko.getString("pekko.management.http.hostname")).isEqualTo("10.0.0.7");
    assertThat(pekko.getString("pekko.management.http.bind-hostname")).isEqualTo("0.0.0.0");
    assertThat(pekko.getString("pekko.discovery.kubernetes-api.pod-namespace")).isEqualTo("prod");
  }

  @Test
  void messagesBetweenNodesHoldTheLargestRequest() throws Exception {
    assertThat(frameBytes("")).isEqualTo((4 << 20) * 9L / 8 + (1 << 20));
    assertThat(frameBytes("thalweg.grpc.message-bytes-max = 16 MiB"))
        .isEqualTo((16 << 20) * 9L / 8 + (1 << 20));
    assertThatThrownBy(
            () ->
                frameBytes(
                    SHARED
                        + "thalweg.cluster { discovery = seeds, seed-nodes = \"a:1\" }\n"
                        + "thalweg.grpc.message-bytes-max = 100 MiB"))
        .hasMessageContaining("message-bytes-max");
  }

  private static long frameBytes(String hocon) throws NodeStartException {
    return pekko(hocon).getBytes("pekko.remote.artery.advanced.maximum-frame-size");
  }

  private static void refused(String hocon, String... words) {
    assertThatThrownBy(() -> settings(hocon))
        .isInstanceOf(NodeStartException.class)
        .satisfies(failure -> assertThat(failure.getMessage()).contains(words));
  }

  private static NodeSettings settings(String hocon) throws NodeStartException {
    return NodeSettings.from(config(hocon));
  }

  private static Config pekko(String hocon) throws NodeStartException {
    Config config = config(hocon);
    return PekkoSettings.over(config, NodeSettings.from(config));
  }

  private static Config config(String hocon) throws NodeStartException {
    return Configuration.load(
        Optional.empty(),
        ConfigFactory.parseString(hocon)
            .withFallback(ConfigFactory.parseString(TestNode.STREAMS))
            .resolveWith(ConfigFactory.empty()));
  }
}
