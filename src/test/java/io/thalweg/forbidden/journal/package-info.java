@NullMarked
package io.thalweg.forbidden.journal;

import org.jspecify.annotations.NullMarked;
