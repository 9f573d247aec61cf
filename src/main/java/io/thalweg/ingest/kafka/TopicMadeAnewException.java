package io.thalweg.ingest.kafka;

import org.apache.kafka.common.Uuid;

/** The topic was deleted, and one of the same name is in its place. */
final class TopicMadeAnewException extends Exception {
  private static final long serialVersionUID = 1;

  TopicMadeAnewException(String topic, Uuid before, Uuid now) {
    super(
        "the topic '%s' was deleted and made anew (id %s, before %s), and is read from its beginning"
            .formatted(topic, now, before));
  }
}
