@NullMarked
package io.thalweg.forbidden.node;

import org.jspecify.annotations.NullMarked;
