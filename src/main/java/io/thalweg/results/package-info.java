/** Query, watch, history and backtests. */
@NullMarked
package io.thalweg.results;

import org.jspecify.annotations.NullMarked;
