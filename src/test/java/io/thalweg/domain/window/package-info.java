@NullMarked
package io.thalweg.domain.window;

import org.jspecify.annotations.NullMarked;
