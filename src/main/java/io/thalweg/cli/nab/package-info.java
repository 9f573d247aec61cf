/**
 * Scores a detector as the Numenta Anomaly Benchmark does: Lavin and Ahmad, "Evaluating real-time
 * anomaly detection algorithms", 2015.
 */
@NullMarked
package io.thalweg.cli.nab;

import org.jspecify.annotations.NullMarked;
