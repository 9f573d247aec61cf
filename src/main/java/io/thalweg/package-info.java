/** Thalweg: live statistics, alerts and anomalies for every key of a stream. */
@NullMarked
package io.thalweg;

import org.jspecify.annotations.NullMarked;
