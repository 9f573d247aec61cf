@NullMarked
package io.thalweg.domain.sample;

import org.jspecify.annotations.NullMarked;
