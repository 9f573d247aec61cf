@NullMarked
package io.thalweg.domain.stats;

import org.jspecify.annotations.NullMarked;
