package io.thalweg.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LiveHeapTest {

  @Test
  void bytesAreThoseOfTheHistogramsLastLine() {
    String histogram =
        """
        4242:
         num     #instances         #bytes  class name (module)
        -------------------------------------------------------
           1:         13577        4321000  [B (java.base@25)
           2:           510         123456  Total (made.up)
        Total        987654      123456789
        """;
    assertThat(LiveHeap.parse(histogram)).hasValue(123_456_789);
  }

  @Test
  void whatIsNoHistogramTellsNothing() {
    assertThat(LiveHeap.parse("4242:\njava.io.IOException: not allowed\n")).isEmpty();
  }

  @Test
  void processThatLivesTellsOfAllThatItHolds() throws InterruptedException {
    long pid = ProcessHandle.current().pid();
    byte[] held = new byte[10_000_000];
    OptionalLong bytes = LiveHeap.bytesOf(List.of(pid));
    assertThat(bytes.orElse(0)).isGreaterThan(held.length);
    assertThat(LiveHeap.bytesOf(List.of())).isEmpty();
  }

  @Test
  void whatTheLoadHasAddedIsSharedByTheActiveKeys() {
    assertThat(new LiveHeap(1_000, 9_000, 4).bytesPerActiveKey()).isEqualTo(2_000);
    assertThat(new LiveHeap(1_000, 9_000, 0).bytesPerActiveKey()).isZero();
  }
}
