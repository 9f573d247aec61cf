package io.thalweg.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.thalweg.journal.postgres.TestPostgres;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** How nodes find each other, and what they say where they can't. */
class JoiningIT {
  private final String schema = TestPostgres.newSchema();

  @Test
  void nodesFindEachOtherByDns() throws Exception {
    int port = TestCluster.freePort();
    int managementPort = TestCluster.freePort();
    List<String> hosts = List.of("127.0.0.2", "127.0.0.3");
    try (TestNameServer names = TestNameServer.start(hosts)) {
      List<CompletableFuture<TestNode>> starting = new ArrayList<>();
      for (String host : hosts) {
        starting.add(
            CompletableFuture.supplyAsync(
                () ->
                    start(
                        """
                        thalweg.cluster { discovery = dns, service = nodes.test, host = "%1$s", port = %2$d }
                        thalweg.management { host = "%1$s", port = %3$d }
                        pekko.io.dns.async-dns.nameservers = ["127.0.0.1:%4$d"]
                        """
                            .formatted(host, port, managementPort, names.port())),
                task -> Thread.ofPlatform().start(task)));
      }
      try {
        for (CompletableFuture<TestNode> node : starting) {
          node.join();
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
          String members =
              client
                  .send(
                      HttpRequest.newBuilder(
                              URI.create("http://127.0.0.2:" + managementPort + "/cluster/members"))
                          .build(),
                      HttpResponse.BodyHandlers.ofString())
                  .body();
          assertThat(members).contains("127.0.0.2:" + port, "127.0.0.3:" + port);
        }
      } finally {
        starting.parallelStream()
            .filter(node -> !node.isCompletedExceptionally())
            .forEach(node -> node.join().close());
      }
    }
  }

  @Test
  void nodeThatFindsNobodyGivesUpAndSaysWhomItAsked() {
    refused(
        "thalweg.cluster { discovery = seeds, seed-nodes = \"127.0.0.1:1\", port = 0, join-timeout = 2s }",
        "not become a member of the cluster within 2 s",
        "127.0.0.1:1");
    refused(
        "thalweg.cluster { discovery = kubernetes, service = flow, port = 0, join-timeout = 2s }",
        "discovery = kubernetes can't be used here",
        "serviceaccount");
  }

  @Test
  void portsInUseAreNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      refused(
          "thalweg.cluster { discovery = seeds, seed-nodes = \"127.0.0.1:1\", port = "
              + port
              + " }",
          "can't listen on 127.0.0.1:" + port + " for the cluster");
      refused(
          """
          thalweg.cluster { discovery = seeds, seed-nodes = "127.0.0.1:1", port = 0 }
          thalweg.management.port = %d
          """
              .formatted(port),
          "can't listen on 127.0.0.1:" + port + " for management");
    }
  }

  @Test
  void hostWithoutAnAddressIsNamed() {
    refused(
        "thalweg.cluster { discovery = seeds, seed-nodes = \"127.0.0.1:1\", host = no.such.invalid }",
        "no address",
        "no.such.invalid");
  }

  private void refused(String settings, String... words) {
    assertThatThrownBy(() -> start("thalweg.management.port = 0\n" + settings).close())
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOf(NodeStartException.class)
        .satisfies(failure -> assertThat(failure.getMessage()).contains(words));
  }

  private TestNode start(String settings) {
    try {
      return TestNode.start(
          ConfigFactory.parseString("pekko.cluster.jmx.enabled = off")
              .withFallback(ConfigFactory.parseString(settings))
              .withFallback(TestPostgres.config(schema)));
    } catch (NodeStartException failure) {
      throw new CompletionException(failure);
    }
  }
}
