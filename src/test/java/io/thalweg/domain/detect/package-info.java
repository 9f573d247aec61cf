@NullMarked
package io.thalweg.domain.detect;

import org.jspecify.annotations.NullMarked;
