/** Query, watch and history. */
@NullMarked
package io.thalweg.results;

import org.jspecify.annotations.NullMarked;
