package io.thalweg.domain.key;

/**
 * A key of a stream. Its {@link #entityId} names it in the cluster and in the journal.
 *
 * @param stream the stream's name, which has no {@code /}
 * @param key any text
 */
public record StreamKey(String stream, String key) {

  /** {@code stream/key}: unambiguous, because a stream's name has no {@code /}. */
  public String entityId() {
    return stream + '/' + key;
  }

  /** The reverse of {@link #entityId}. */
  public static StreamKey parse(String entityId) {
    int slash = entityId.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("not of the form stream/key: " + entityId);
    }
    return new StreamKey(entityId.substring(0, slash), entityId.substring(slash + 1));
  }

  @Override
  public String toString() {
    return entityId();
  }
}
