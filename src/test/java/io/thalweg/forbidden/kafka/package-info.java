@NullMarked
package io.thalweg.forbidden.kafka;

import org.jspecify.annotations.NullMarked;
