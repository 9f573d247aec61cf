package io.thalweg.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.thalweg.domain.key.KeyEvent;
import io.thalweg.domain.key.KeySnapshot;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SerializerPropertyTest {
  private final long seed = System.nanoTime();
  private final RandomKeyData data = new RandomKeyData(new Random(seed));

  @Test
  void eventsComeBackBitForBit() throws Exception {
    KeyEventSerializer serializer = new KeyEventSerializer();
    for (int i = 0; i < 2_000; i++) {
      KeyEvent event = data.event();
      byte[] bytes = serializer.toBinary(event);
      KeyEvent back = (KeyEvent) serializer.fromBinary(bytes, serializer.manifest(event));
      assertThat(KeyDataEquality.same(event, back)).as("seed %d", seed).isTrue();
      assertThat(serializer.toBinary(back)).as("seed %d", seed).isEqualTo(bytes);
    }
  }

  @Test
  void snapshotsComeBackBitForBit() throws Exception {
    KeySnapshotSerializer serializer = new KeySnapshotSerializer();
    for (int i = 0; i < 2_000; i++) {
      KeySnapshot snapshot = data.snapshot();
      byte[] bytes = serializer.toBinary(snapshot);
      Object back = serializer.fromBinary(bytes, serializer.manifest(snapshot));
      assertThat(back).as("seed %d", seed).isEqualTo(snapshot);
      assertThat(serializer.toBinary(back)).as("seed %d", seed).isEqualTo(bytes);
    }
  }
}
