/** A gRPC call as the two ends of a Pekko stream: the stream's demand is HTTP/2's. */
@NullMarked
package io.thalweg.rpc;

import org.jspecify.annotations.NullMarked;
