/** The gRPC edge: decode, validate, reject. Other sources lie in packages of their own. */
@NullMarked
package io.thalweg.ingest;

import org.jspecify.annotations.NullMarked;
