/** What the tests of the domain share. */
@NullMarked
package io.thalweg.domain;

import org.jspecify.annotations.NullMarked;
