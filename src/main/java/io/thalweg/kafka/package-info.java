/** How Kafka clusters are reached: what sources and sinks share. */
@NullMarked
package io.thalweg.kafka;

import org.jspecify.annotations.NullMarked;
