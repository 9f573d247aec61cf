/**
 * Programs that the scripts in {@code src/bench} run: compiled by them, with what is in the
 * distribution's {@code lib}.
 */
@NullMarked
package io.thalweg.bench.tool;

import org.jspecify.annotations.NullMarked;
