@NullMarked
package io.thalweg.forbidden.testkit;

import org.jspecify.annotations.NullMarked;
