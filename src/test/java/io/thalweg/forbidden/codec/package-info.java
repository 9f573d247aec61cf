@NullMarked
package io.thalweg.forbidden.codec;

import org.jspecify.annotations.NullMarked;
