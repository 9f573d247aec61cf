/** Backtests over files, and how backtests are told of. */
@NullMarked
package io.thalweg.cli.backtest;

import org.jspecify.annotations.NullMarked;
