@NullMarked
package io.thalweg.forbidden.json;

import org.jspecify.annotations.NullMarked;
