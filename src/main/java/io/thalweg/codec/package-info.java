/**
 * The domain's values as messages, for the journal and for the way between nodes. Bits are kept.
 */
@NullMarked
package io.thalweg.codec;

import org.jspecify.annotations.NullMarked;
