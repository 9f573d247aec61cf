/** What the demonstration does with Kafka as any of its clients would. */
@NullMarked
package io.thalweg.cli.kafka;

import org.jspecify.annotations.NullMarked;
