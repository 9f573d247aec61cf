@NullMarked
package io.thalweg.forbidden.entity;

import org.jspecify.annotations.NullMarked;
