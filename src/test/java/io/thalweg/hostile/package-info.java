/**
 * Clients that mean harm, by raw sockets: they write HTTP/2 frame by frame, against the packaged
 * program as a process of its own, beside an honest client whose batches must all be counted once.
 *
 * <p>What is no test here needs nothing but the distribution's own libraries: {@code
 * src/bench/hostile} compiles it by itself.
 */
@NullMarked
package io.thalweg.hostile;

import org.jspecify.annotations.NullMarked;
