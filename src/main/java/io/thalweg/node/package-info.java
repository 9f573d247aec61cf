/** Wiring: a node is started, drained and stopped here. */
@NullMarked
package io.thalweg.node;

import org.jspecify.annotations.NullMarked;
