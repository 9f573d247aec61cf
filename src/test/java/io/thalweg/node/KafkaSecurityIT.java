package io.thalweg.node;

import static io.thalweg.node.KafkaNode.await;
import static io.thalweg.node.KafkaNode.report;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.apache.kafka.common.resource.ResourceType.GROUP;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.thalweg.kafka.KafkaBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that wants a log-in and grants rights. */
class KafkaSecurityIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String RIGHT = "s3cret-and-right";
  private static final String WRONG = "s3cret-and-wrong";

  @TempDir Path folder;

  @Test
  void refusedLogInsAndMissingRightsAreToldAndNoSecretIs() throws Exception {
    Path password = Files.writeString(folder.resolve("password"), RIGHT + "\n");
    try (KafkaBroker broker =
        KafkaBroker.startSecured(folder.resolve("broker"), "thalweg", RIGHT)) {
      broker.createTopic("guarded", 2);
      broker.createTopic("alerts", 1);
      KafkaTopic topic = new KafkaTopic("guarded", 4, 5);
      topic.produce(broker, 0, 1_000, 1_000_000);
      try (NodeProcess node =
          NodeProcess.start(folder.resolve("node"), settings(broker, password))) {
        ManagedChannel channel = node.channel();
        try {
          awaitTrouble(channel, "stranger", "the brokers refuse the log-in");
          awaitTrouble(channel, "guarded", "no rights to the topic 'guarded'");
          broker.allow("thalweg", TOPIC, "guarded", READ);
          awaitTrouble(channel, "guarded", "no rights to the consumer group 'thalweg-guarded'");
          broker.allow("thalweg", GROUP, "thalweg-guarded", READ);
          await("it is read", PATIENCE, () -> KafkaNode.total(channel, "s", topic) == 1_000);
          KafkaNode.check(channel, "s", topic, 1_000);
          await("all is well", PATIENCE, () -> report(channel, "guarded").getTrouble().isEmpty());

          assertThat(broker.readAll("alerts")).isEmpty();
          broker.allow("thalweg", TOPIC, "alerts", DESCRIBE);
          broker.allow("thalweg", TOPIC, "alerts", WRITE);
          await(
              "alerts come", PATIENCE, () -> broker.readAll("alerts").size() == topic.high(1_000));
        } finally {
          channel.shutdownNow();
        }
      }
      assertThat(Files.readString(folder.resolve("node/serve.err")))
          .contains(
              "Kafka source 'stranger': the brokers refuse the log-in",
              "no rights to the topic 'guarded'",
              "Kafka sink 'alerts': no right to write")
          .doesNotContain(RIGHT, WRONG);
      assertThat(Files.readString(folder.resolve("node/serve.out"))).doesNotContain(RIGHT, WRONG);
    }
  }

  private static void awaitTrouble(ManagedChannel channel, String source, String text)
      throws Exception {
    await(
        source + ": " + text, PATIENCE, () -> report(channel, source).getTrouble().contains(text));
  }

  private static String settings(KafkaBroker broker, Path password) {
    return """
        thalweg.streams.s {
          window { tumbling-count = 1000 }
          detector { threshold { above = %d } }
        }
        thalweg.kafka {
          clusters {
            right {
              bootstrap = "%s", user = thalweg, password-file = "%s"
              client { sasl.mechanism = PLAIN, security.protocol = SASL_PLAINTEXT }
            }
            wrong {
              bootstrap = "%s", user = thalweg, password = %s
              client { sasl.mechanism = PLAIN, security.protocol = SASL_PLAINTEXT }
            }
          }
          source-defaults.retry-backoff-max = 1s
          sources {
            guarded { cluster = right, topic = guarded, stream = s, format = json, value-field = v }
            stranger { cluster = wrong, topic = guarded, stream = s, format = json, value-field = v }
          }
          sink-defaults.retry-backoff-max = 1s
          sinks.alerts { cluster = right, streams = [s], what = [anomalies], topic = alerts }
        }
        """
        .formatted(
            KafkaTopic.HIGH - 1, broker.saslBootstrap(), password, broker.saslBootstrap(), WRONG);
  }
}
