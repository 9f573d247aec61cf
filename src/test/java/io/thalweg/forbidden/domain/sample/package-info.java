@NullMarked
package io.thalweg.forbidden.domain.sample;

import org.jspecify.annotations.NullMarked;
