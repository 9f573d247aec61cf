/** Messages of the gRPC API as JSON, for the commands and for Kafka alike. */
@NullMarked
package io.thalweg.json;

import org.jspecify.annotations.NullMarked;
