/** The gRPC edge: decode, validate, reject. */
@NullMarked
package io.thalweg.ingest;

import org.jspecify.annotations.NullMarked;
