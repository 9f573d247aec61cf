@NullMarked
package io.thalweg.forbidden.route;

import org.jspecify.annotations.NullMarked;
