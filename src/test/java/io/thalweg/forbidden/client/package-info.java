@NullMarked
package io.thalweg.forbidden.client;

import org.jspecify.annotations.NullMarked;
