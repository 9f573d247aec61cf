@NullMarked
package io.thalweg.forbidden.domain.window;

import org.jspecify.annotations.NullMarked;
