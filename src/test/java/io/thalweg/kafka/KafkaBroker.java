package io.thalweg.kafka;

import io.thalweg.cli.cluster.DevelopmentKafka;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A Kafka broker that is its own controller (KRaft), started as a process of its own from the jars
 * of the tests' class path. It listens on loopback, on ports that stay the same, and keeps its data
 * in a folder, so that it can be killed and started again. Topics are not created by themselves.
 */
public final class KafkaBroker implements AutoCloseable {
  private static final Duration READY_TIMEOUT = Duration.ofSeconds(60);

  private final DevelopmentKafka kafka;
  private final int saslPort;

  @SuppressWarnings("NullAway.Init") // nobody has one that was not started
  private Process process;

  private KafkaBroker(DevelopmentKafka kafka, int saslPort) {
    this.kafka = kafka;
    this.saslPort = saslPort;
  }

  /** Starts one with its data, settings and log in a folder; returns when it answers. */
  public static KafkaBroker start(Path folder) throws Exception {
    return start(folder, Map.of());
  }

  /**
   * @param settings of the broker, which win over those that it gets here
   */
  public static KafkaBroker start(Path folder, Map<String, String> settings) throws Exception {
    KafkaBroker broker =
        new KafkaBroker(DevelopmentKafka.anywhere(folder, jars(), ofTests(settings)), 0);
    broker.format();
    broker.start();
    return broker;
  }

  /**
   * One that besides has a listener with SASL/PLAIN, {@link #saslBootstrap}, for one user, who may
   * do only what {@link #allow} says. Who comes over the other listener may do all.
   */
  public static KafkaBroker startSecured(Path folder, String user, String password)
      throws Exception {
    int saslPort = freePort();
    DevelopmentKafka open = DevelopmentKafka.anywhere(folder, jars(), Map.of());
    String sasl = "CLIENTS://127.0.0.1:" + saslPort;
    String plain = "PLAINTEXT://" + open.bootstrap();
    Map<String, String> settings =
        Map.of(
            "listeners", plain + ",CONTROLLER://127.0.0.1:" + open.controllerPort() + "," + sasl,
            "advertised.listeners", plain + "," + sasl,
            "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,CLIENTS:SASL_PLAINTEXT",
            "inter.broker.listener.name", "PLAINTEXT",
            "sasl.enabled.mechanisms", "PLAIN",
            "listener.name.clients.plain.sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required user_%s=\"%s\";"
                    .formatted(user, password),
            "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
            "super.users", "User:ANONYMOUS");
    KafkaBroker broker =
        new KafkaBroker(
            new DevelopmentKafka(
                folder, open.classPath(), open.port(), open.controllerPort(), ofTests(settings)),
            saslPort);
    broker.format();
    broker.start();
    return broker;
  }

  /** Groups of tests notice soon that a member is gone. */
  private static Map<String, String> ofTests(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(Map.of("group.min.session.timeout.ms", "1000"));
    all.putAll(settings);
    return all;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Host and port for whoever logs in. */
  public String saslBootstrap() {
    return "127.0.0.1:" + saslPort;
  }

  /** A user may do something with a topic or a group from now on. */
  public void allow(String user, ResourceType type, String name, AclOperation operation)
      throws Exception {
    try (Admin admin = admin()) {
      admin
          .createAcls(
              List.of(
                  new AclBinding(
                      new ResourcePattern(type, name, PatternType.LITERAL),
                      new AccessControlEntry(
                          "User:" + user, "*", operation, AclPermissionType.ALLOW))))
          .all()
          .get();
    }
  }

  /** Starts it (again) on the same data, and returns when it answers. */
  public void start() throws Exception {
    process = program(kafka.running());
    long deadline = System.nanoTime() + READY_TIMEOUT.toNanos();
    while (!kafka.answers()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new IllegalStateException("the broker does not answer; see below\n" + log());
      }
    }
  }

  /** kill −9. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Host and port of the broker. */
  public String bootstrap() {
    return kafka.bootstrap();
  }

  public long pid() {
    return process.pid();
  }

  public void createTopic(String name, int partitions) throws Exception {
    try (Admin admin = admin()) {
      admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1))).all().get();
    }
  }

  public void deleteTopic(String name) throws Exception {
    try (Admin admin = admin()) {
      admin.deleteTopics(List.of(name)).all().get();
    }
  }

  public Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", bootstrap(), "request.timeout.ms", "10000"));
  }

  /** With acks=all, as the program's own are. */
  public KafkaProducer<byte[], byte[]> producer() {
    return producer(Map.of());
  }

  public KafkaProducer<byte[], byte[]> producer(Map<String, String> more) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("bootstrap.servers", bootstrap());
    properties.put("acks", "all");
    properties.putAll(more);
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Returns when all of them are acknowledged. */
  public void produce(List<ProducerRecord<byte[], byte[]>> records) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      List<Future<?>> sent = new ArrayList<>();
      records.forEach(record -> sent.add(producer.send(record)));
      for (Future<?> one : sent) {
        one.get();
      }
    }
  }

  /** All records that a topic has now, by partition. */
  public List<ConsumerRecord<byte[], byte[]>> readAll(String topic) {
    List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
    Map<String, Object> properties =
        Map.of("bootstrap.servers", bootstrap(), "enable.auto.commit", "false");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        consumer.poll(Duration.ofMillis(200)).forEach(all::add);
      }
    }
    return all;
  }

  /** Up to where a group has committed, of all partitions that it has. */
  public Map<TopicPartition, Long> committed(String group) throws Exception {
    try (Admin admin = admin()) {
      Map<TopicPartition, Long> offsets = new HashMap<>();
      admin
          .listConsumerGroupOffsets(group)
          .partitionsToOffsetAndMetadata()
          .get()
          .forEach((partition, offset) -> offsets.put(partition, offset.offset()));
      return offsets;
    }
  }

  /** Sets what a group has committed, of partition 0 of a topic; the group must have no members. */
  public void commit(String group, String topic, long offset, String metadata) throws Exception {
    try (Admin admin = admin()) {
      admin
          .alterConsumerGroupOffsets(
              group, Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(offset, metadata)))
          .all()
          .get();
    }
  }

  public Uuid topicId(String topic) throws Exception {
    try (Admin admin = admin()) {
      return admin
          .describeTopics(List.of(topic))
          .topicNameValues()
          .values()
          .iterator()
          .next()
          .get()
          .topicId();
    }
  }

  public String log() throws IOException {
    return Files.readString(kafka.folder().resolve("broker.log"));
  }

  private void format() throws Exception {
    kafka.configure();
    Process format = program(kafka.formatting());
    if (!format.waitFor(60, TimeUnit.SECONDS) || format.exitValue() != 0) {
      throw new IllegalStateException("the broker's folder can't be formatted\n" + log());
    }
  }

  /** A process that may outlive the tests' own if that is killed, but can be killed itself. */
  private Process program(List<String> command) throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(
            ProcessBuilder.Redirect.appendTo(kafka.folder().resolve("broker.log").toFile()))
        .start();
  }

  /**
   * The jars alone: what the tests have of their own, a log's settings say, is not the broker's.
   */
  private static String jars() {
    return Arrays.stream(System.getProperty("java.class.path").split(":"))
        .filter(entry -> entry.endsWith(".jar"))
        .collect(Collectors.joining(":"));
  }

  /** Stops it in good order. */
  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      kill();
    }
  }
}
