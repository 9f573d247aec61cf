package io.thalweg.cli.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * The two topics of the demonstration on a Kafka cluster, and the group that reads the first. What
 * it has not made itself it leaves alone. Its methods block; thread-safe.
 */
public final class DemoTopics implements AutoCloseable {
  /** Where samples come from. */
  public static final String SAMPLES = "thalweg-demo-samples";

  public static final int SAMPLES_PARTITIONS = 8;

  /** Where anomalies go to. */
  public static final String ANOMALIES = "thalweg-demo-anomalies";

  public static final int ANOMALIES_PARTITIONS = 4;

  /** Who reads the samples. */
  public static final String GROUP = "thalweg-demo";

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Admin admin;
  private final String bootstrap;
  private final Set<String> made = ConcurrentHashMap.newKeySet();

  private DemoTopics(Admin admin, String bootstrap) {
    this.admin = admin;
    this.bootstrap = bootstrap;
  }

  /**
   * Connects to a cluster.
   *
   * @param bootstrap host and port of a broker; several with commas between
   * @throws KafkaDemoException if none answers within ten seconds
   */
  public static DemoTopics at(String bootstrap) throws KafkaDemoException, InterruptedException {
    DemoTopics topics = new DemoTopics(admin(bootstrap), bootstrap);
    try {
      topics.ask("no Kafka broker answers", topics.admin.describeCluster().nodes());
      return topics;
    } catch (KafkaDemoException none) {
      topics.close();
      throw none;
    }
  }

  /**
   * Makes the topics.
   *
   * @throws KafkaDemoException if one of them, or the group, is there already; no topic has been
   *     changed then, nor left behind once {@link #delete} has run
   */
  public void create() throws KafkaDemoException, InterruptedException {
    Set<String> there = ask("topics can't be listed", admin.listTopics().names());
    for (String topic : List.of(SAMPLES, ANOMALIES)) {
      if (there.contains(topic)) {
        throw exists("topic " + topic);
      }
    }
    if (!committed().isEmpty()) {
      throw exists("group " + GROUP);
    }
    Map<String, KafkaFuture<Void>> creating =
        admin
            .createTopics(
                List.of(topic(SAMPLES, SAMPLES_PARTITIONS), topic(ANOMALIES, ANOMALIES_PARTITIONS)))
            .values();
    for (Map.Entry<String, KafkaFuture<Void>> one : creating.entrySet()) {
      create(one.getKey(), one.getValue());
    }
  }

  /** Records of the samples' topic that the group has not committed, as Kafka has it. */
  public long lag() throws KafkaDemoException, InterruptedException {
    Map<TopicPartition, OffsetSpec> latest =
        IntStream.range(0, SAMPLES_PARTITIONS)
            .mapToObj(partition -> new TopicPartition(SAMPLES, partition))
            .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
    long written =
        ask("the ends of " + SAMPLES + " can't be asked for", admin.listOffsets(latest).all())
            .values()
            .stream()
            .mapToLong(ListOffsetsResultInfo::offset)
            .sum();
    return written - committed().stream().mapToLong(OffsetAndMetadata::offset).sum();
  }

  /** Deletes what it has made. Nobody may be reading it any more. */
  public void delete() {
    try {
      if (made.contains(SAMPLES)) {
        ignoring(GroupIdNotFoundException.class, admin.deleteConsumerGroups(List.of(GROUP)).all());
      }
      for (String topic : made) {
        ignoring(UnknownTopicOrPartitionException.class, admin.deleteTopics(List.of(topic)).all());
        made.remove(topic);
      }
    } catch (KafkaDemoException failure) {
      throw new IllegalStateException(failure.getMessage(), failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    admin.close(PATIENCE);
  }

  private static Admin admin(String bootstrap) throws KafkaDemoException {
    String millis = String.valueOf(PATIENCE.toMillis());
    try {
      return Admin.create(
          Map.of(
              "bootstrap.servers", bootstrap,
              "request.timeout.ms", millis,
              "default.api.timeout.ms", millis));
    } catch (KafkaException wrong) {
      String why = wrong.getCause() == null ? wrong.getMessage() : wrong.getCause().getMessage();
      throw new KafkaDemoException("no Kafka broker can be reached at " + bootstrap + ": " + why);
    }
  }

  private void create(String topic, KafkaFuture<Void> creating)
      throws KafkaDemoException, InterruptedException {
    try {
      creating.get();
      made.add(topic);
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof TopicExistsException) {
        throw exists("topic " + topic);
      }
      throw failed("topic " + topic + " can't be created", failure);
    }
  }

  /** With as many replicas as the cluster gives to those that don't say. */
  private static NewTopic topic(String name, int partitions) {
    return new NewTopic(name, Optional.of(partitions), Optional.empty());
  }

  private Collection<OffsetAndMetadata> committed()
      throws KafkaDemoException, InterruptedException {
    try {
      return admin
          .listConsumerGroupOffsets(GROUP)
          .partitionsToOffsetAndMetadata()
          .get()
          .values()
          .stream()
          .filter(Objects::nonNull)
          .toList();
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof GroupIdNotFoundException) {
        return List.of();
      }
      throw failed("the offsets of group " + GROUP + " can't be asked for", failure);
    }
  }

  private void ignoring(Class<? extends Exception> harmless, KafkaFuture<Void> deleting)
      throws KafkaDemoException, InterruptedException {
    try {
      deleting.get();
    } catch (ExecutionException failure) {
      if (!harmless.isInstance(failure.getCause())) {
        throw failed("what the demo has made can't be deleted", failure);
      }
    }
  }

  private <T> T ask(String otherwise, KafkaFuture<T> answer)
      throws KafkaDemoException, InterruptedException {
    try {
      return answer.get();
    } catch (ExecutionException failure) {
      throw failed(otherwise, failure);
    }
  }

  private KafkaDemoException exists(String what) {
    return new KafkaDemoException(
        what
            + " exists already at "
            + bootstrap
            + "; the demo touches nothing that it has not made itself: delete it, or give another"
            + " cluster");
  }

  private KafkaDemoException failed(String what, ExecutionException failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    return new KafkaDemoException(what + " at " + bootstrap + ": " + cause.getMessage(), cause);
  }
}
