/** Draws series with their windows and alerts, as SVG. */
@NullMarked
package io.thalweg.cli.nab.figure;

import org.jspecify.annotations.NullMarked;
