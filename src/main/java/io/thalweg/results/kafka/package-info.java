/**
 * Results to Kafka. A {@linkplain io.thalweg.results.kafka.SinkWorker worker} for each sink reads
 * on in the journal's queue of that sink, and stores how far the brokers have acknowledged it.
 */
@NullMarked
package io.thalweg.results.kafka;

import org.jspecify.annotations.NullMarked;
