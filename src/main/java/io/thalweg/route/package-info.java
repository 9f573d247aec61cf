/** The way from the edge to the key actors: bounded, one delivery in flight for each key. */
@NullMarked
package io.thalweg.route;

import org.jspecify.annotations.NullMarked;
