/** The embedded store: one data folder, for one node at a time. */
@NullMarked
package io.thalweg.journal.rocksdb;

import org.jspecify.annotations.NullMarked;
