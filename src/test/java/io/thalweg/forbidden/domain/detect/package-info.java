@NullMarked
package io.thalweg.forbidden.domain.detect;

import org.jspecify.annotations.NullMarked;
