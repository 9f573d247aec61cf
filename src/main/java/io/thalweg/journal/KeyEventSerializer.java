package io.thalweg.journal;

import io.thalweg.codec.Unreadable;
import io.thalweg.domain.key.KeyEvent;
import io.thalweg.journal.v1.Idled;
import java.io.IOException;
import java.io.NotSerializableException;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/**
 * Key events as they are stored. A manifest names a type and its version; every version ever
 * written can be read.
 */
final class KeyEventSerializer extends SerializerWithStringManifest {
  static final String RECORDED_1 = "recorded-1";
  static final String IDLED_1 = "idled-1";

  @Override
  public int identifier() {
    return 7301;
  }

  @Override
  public String manifest(Object event) {
    return switch ((KeyEvent) event) {
      case KeyEvent.Recorded recorded -> RECORDED_1;
      case KeyEvent.Idled idled -> IDLED_1;
    };
  }

  @Override
  public byte[] toBinary(Object event) {
    return switch ((KeyEvent) event) {
      case KeyEvent.Recorded recorded -> RecordedCodec.encode(recorded);
      case KeyEvent.Idled idled -> IdledCodec.encode(idled).toByteArray();
    };
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
    if (!manifest.equals(RECORDED_1) && !manifest.equals(IDLED_1)) {
      throw new NotSerializableException("an event of the unknown version '" + manifest + "'");
    }
    try {
      return manifest.equals(RECORDED_1)
          ? RecordedCodec.decode(bytes)
          : IdledCodec.decode(Idled.parseFrom(bytes));
    } catch (IOException | IllegalArgumentException e) {
      throw Unreadable.because(manifest, e);
    }
  }
}
