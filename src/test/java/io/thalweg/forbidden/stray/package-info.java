@NullMarked
package io.thalweg.forbidden.stray;

import org.jspecify.annotations.NullMarked;
