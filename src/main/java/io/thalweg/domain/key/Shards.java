package io.thalweg.domain.key;

/**
 * Which shard a key belongs to. A shard is what moves between nodes, and what a node owns in the
 * journal: both go by this function, which therefore never changes.
 *
 * <p>The hash is FNV-1a (Fowler, Noll, Vo) of 64 bits over the UTF-16 code units, with the
 * finishing mix of MurmurHash3, because the low bits of FNV-1a alone are weak. {@link
 * String#hashCode} would do for honest keys, but keys that share it are made by hand.
 *
 * @param count how many there are, at least 1; a prime, so that the hash tables of what lies in one
 *     shard see all bits of their keys' hashes
 */
public record Shards(int count) {
  private static final long OFFSET_BASIS = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  public Shards {
    if (count < 1) {
      throw new IllegalArgumentException("there is at least one shard: " + count);
    }
  }

  /** From 0 to count − 1. */
  public int of(String entityId) {
    long hash = OFFSET_BASIS;
    for (int i = 0; i < entityId.length(); i++) {
      hash = (hash ^ entityId.charAt(i)) * PRIME;
    }
    hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
    hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
    return (int) Long.remainderUnsigned(hash ^ hash >>> 33, count);
  }
}
