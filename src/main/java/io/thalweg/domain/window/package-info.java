/** Window definitions and the algorithms that aggregate them. */
@NullMarked
package io.thalweg.domain.window;

import org.jspecify.annotations.NullMarked;
