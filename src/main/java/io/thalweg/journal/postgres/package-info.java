/**
 * The store that a cluster shares. Each shard of keys has one owner at a time, and a flush commits
 * only what belongs to shards that it owns.
 */
@NullMarked
package io.thalweg.journal.postgres;

import org.jspecify.annotations.NullMarked;
