@NullMarked
package io.thalweg.domain.key;

import org.jspecify.annotations.NullMarked;
