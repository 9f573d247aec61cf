@NullMarked
package io.thalweg.forbidden.status;

import org.jspecify.annotations.NullMarked;
