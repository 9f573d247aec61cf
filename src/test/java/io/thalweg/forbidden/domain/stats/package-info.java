@NullMarked
package io.thalweg.forbidden.domain.stats;

import org.jspecify.annotations.NullMarked;
