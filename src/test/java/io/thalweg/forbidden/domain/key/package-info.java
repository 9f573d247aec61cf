@NullMarked
package io.thalweg.forbidden.domain.key;

import org.jspecify.annotations.NullMarked;
