/**
 * What flows: a sample, a series (one key, many samples) and a batch (many series of one producer).
 */
@NullMarked
package io.thalweg.domain.sample;

import org.jspecify.annotations.NullMarked;
