package io.thalweg.journal;

import io.thalweg.codec.Unreadable;
import io.thalweg.domain.key.KeySnapshot;
import java.io.IOException;
import java.io.NotSerializableException;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/** Key snapshots as they are stored. Every version ever written can be read. */
final class KeySnapshotSerializer extends SerializerWithStringManifest {
  static final String KEY_1 = "key-1";

  @Override
  public int identifier() {
    return 7302;
  }

  @Override
  public String manifest(Object snapshot) {
    return KEY_1;
  }

  @Override
  public byte[] toBinary(Object snapshot) {
    return SnapshotCodec.encode((KeySnapshot) snapshot).toByteArray();
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
    if (!manifest.equals(KEY_1)) {
      throw new NotSerializableException("a snapshot of the unknown version '" + manifest + "'");
    }
    try {
      return SnapshotCodec.decode(io.thalweg.journal.v1.KeySnapshot.parseFrom(bytes));
    } catch (IOException | IllegalArgumentException e) {
      throw Unreadable.because(manifest, e);
    }
  }
}
