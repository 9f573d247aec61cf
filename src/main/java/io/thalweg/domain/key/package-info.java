/** The state of one key: decide and evolve, deduplication, watermark, outcomes. */
@NullMarked
package io.thalweg.domain.key;

import org.jspecify.annotations.NullMarked;
