/**
 * Journal and snapshots.
 *
 * <p>{@link io.thalweg.journal.JournalStore} is the entry. What lies here is shared by both stores:
 * the plugins that Pekko creates, the queue of writes and the thread that commits them, rows and
 * their serializers, history. {@code journal.rocksdb} and {@code journal.postgres} are the two
 * {@linkplain io.thalweg.journal.Store stores}.
 */
@NullMarked
package io.thalweg.journal;

import org.jspecify.annotations.NullMarked;
