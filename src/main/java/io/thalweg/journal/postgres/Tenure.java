package io.thalweg.journal.postgres;

/**
 * That this node owns a shard.
 *
 * @param since the epoch in which it began: until now nobody else has owned the shard
 * @param epoch as it stands in the shard's row; above {@code since} where the shard was claimed
 *     once more to be sure of it
 */
record Tenure(int shard, long since, long epoch) {}
