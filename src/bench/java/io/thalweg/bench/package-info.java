/** What the domain and its bytes cost. */
@NullMarked
package io.thalweg.bench;

import org.jspecify.annotations.NullMarked;
