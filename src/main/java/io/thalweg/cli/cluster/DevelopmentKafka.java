package io.thalweg.cli.cluster;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/**
 * A Kafka of one broker, which is its own controller (KRaft), on the loopback: what it is
 * configured by and how its processes are started. Topics are not made by themselves.
 *
 * @param folder where its settings and its data are
 * @param classPath Kafka's own jars, as {@code java -cp} takes them
 * @param port where it listens for clients
 * @param controllerPort where the controller listens for the broker
 * @param settings of the broker, over those that it gets here
 */
public record DevelopmentKafka(
    Path folder, String classPath, int port, int controllerPort, Map<String, String> settings) {
  private static final String CLUSTER_ID = "MkU3OEVBNTcwNTJENDM2Qg";

  /** One on ports that nobody listened at a moment ago. */
  public static DevelopmentKafka anywhere(
      Path folder, String classPath, Map<String, String> settings) throws IOException {
    int port = Ports.anyFree();
    int controllerPort = Ports.anyFree();
    while (controllerPort == port) {
      controllerPort = Ports.anyFree();
    }
    return new DevelopmentKafka(folder, classPath, port, controllerPort, settings);
  }

  /** Host and port, for its clients. */
  public String bootstrap() {
    return "127.0.0.1:" + port;
  }

  /** Writes its settings, and makes the folder where it is missing. */
  public void configure() throws IOException {
    Files.createDirectories(folder);
    Properties properties = new Properties();
    properties.putAll(
        Map.of(
            "process.roles",
            "broker,controller",
            "node.id",
            "1",
            "controller.quorum.voters",
            "1@127.0.0.1:" + controllerPort,
            "controller.listener.names",
            "CONTROLLER",
            "listeners",
            "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort,
            "advertised.listeners",
            "PLAINTEXT://127.0.0.1:" + port,
            "log.dirs",
            folder.resolve("data").toString(),
            "auto.create.topics.enable",
            "false"));
    properties.putAll(
        Map.of(
            "offsets.topic.num.partitions", "4",
            "offsets.topic.replication.factor", "1",
            "transaction.state.log.replication.factor", "1",
            "transaction.state.log.min.isr", "1",
            "transaction.state.log.num.partitions", "1",
            "share.coordinator.state.topic.replication.factor", "1",
            "group.initial.rebalance.delay.ms", "0"));
    properties.putAll(settings);
    try (BufferedWriter writer = Files.newBufferedWriter(file())) {
      properties.store(writer, null);
    }
    Files.writeString(
        logging(),
        """
        <configuration>
          <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
            <encoder><pattern>%d %-5level %logger{24} - %msg%n</pattern></encoder>
          </appender>
          <root level="WARN"><appender-ref ref="out"/></root>
        </configuration>
        """);
  }

  /** The program that prepares its folder for the first start. It must have been configured. */
  public List<String> formatting() {
    return java(
        List.of("-XX:TieredStopAtLevel=1"),
        "kafka.tools.StorageTool",
        "format",
        "-t",
        CLUSTER_ID,
        "-c",
        file().toString());
  }

  /** The broker itself. Its folder must have been prepared. */
  public List<String> running() {
    return java(List.of(), "kafka.Kafka", file().toString());
  }

  /** Whether it answers, or begins to within a second. */
  public boolean answers() throws InterruptedException {
    try (Admin admin =
        Admin.create(
            Map.of(
                "bootstrap.servers", bootstrap(),
                "request.timeout.ms", "1000",
                "default.api.timeout.ms", "1000",
                "reconnect.backoff.max.ms", "50"))) {
      return !admin.describeCluster().nodes().get().isEmpty();
    } catch (ExecutionException notYet) {
      return false;
    }
  }

  /** Where Kafka's jars come with logback, as those that Maven knows do. */
  private Path logging() {
    return folder.resolve("logback.xml");
  }

  private Path file() {
    return folder.resolve("server.properties");
  }

  private List<String> java(List<String> options, String mainClass, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC"));
    command.addAll(options);
    command.add("-Dlogback.configurationFile=" + logging());
    command.addAll(List.of("-cp", classPath, mainClass));
    command.addAll(List.of(arguments));
    return command;
  }
}
