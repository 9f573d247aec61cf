/**
 * The load generator and checker: makes load of known values, measures, and checks what came of it.
 */
@NullMarked
package io.thalweg.cli.bench;

import org.jspecify.annotations.NullMarked;
