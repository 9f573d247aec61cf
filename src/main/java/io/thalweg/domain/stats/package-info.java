/** Mergeable statistics and the summary that is told of them. */
@NullMarked
package io.thalweg.domain.stats;

import org.jspecify.annotations.NullMarked;
