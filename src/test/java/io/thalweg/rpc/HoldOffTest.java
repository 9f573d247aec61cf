package io.thalweg.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HoldOffTest {
  private static final int FREE = 3;
  private static final InetAddress ATTACKER = address(66);
  private static final InetAddress OTHER = address(1);

  private long now = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(2); // it may overflow
  private final HoldOff holdOff = new HoldOff(FREE, Duration.ofSeconds(8), () -> now);

  @Test
  void fewFaultsDoNothing() {
    for (int i = 0; i < FREE; i++) {
      assertThat(holdOff.fault(ATTACKER)).isZero();
      assertThat(holdOff.holds(ATTACKER)).isFalse();
    }
  }

  @Test
  void eachFurtherFaultHoldsOffForTwiceAsLongUpToTheLimit() {
    useUp();
    for (int seconds : new int[] {1, 2, 4, 8, 8}) {
      assertThat(holdOff.fault(ATTACKER)).isEqualTo(TimeUnit.SECONDS.toNanos(seconds));
      later(seconds * 1_000L - 1);
      assertThat(holdOff.holds(ATTACKER)).as("just before %d s", seconds).isTrue();
      later(1);
      assertThat(holdOff.holds(ATTACKER)).as("after %d s", seconds).isFalse();
    }
    for (int i = 0; i < 100; i++) {
      assertThat(holdOff.fault(ATTACKER)).isEqualTo(TimeUnit.SECONDS.toNanos(8));
    }
  }

  @Test
  void otherAddressesAreNotHeldOff() {
    useUp();
    holdOff.fault(ATTACKER);
    assertThat(holdOff.holds(OTHER)).isFalse();
    assertThat(holdOff.fault(OTHER)).isZero();
  }

  @Test
  void addressThatBehavesForAMinuteBeginsAnew() {
    useUp();
    holdOff.fault(ATTACKER);
    later(1_000 + 59_999);
    assertThat(holdOff.fault(ATTACKER)).isEqualTo(TimeUnit.SECONDS.toNanos(2));
    later(2_000 + 60_000);
    assertThat(holdOff.fault(ATTACKER)).isZero();
  }

  @Test
  void noneIsHeldOffWhereThereIsNoHoldOff() {
    HoldOff none = new HoldOff(1, Duration.ZERO, () -> now);
    for (int i = 0; i < 10; i++) {
      assertThat(none.fault(ATTACKER)).isZero();
    }
    assertThat(none.holds(ATTACKER)).isFalse();
  }

  @Test
  void thoseWhoseFaultIsLongestAgoAreForgottenFirst() {
    useUp();
    holdOff.fault(ATTACKER);
    for (int i = 0; i < 9_999; i++) {
      holdOff.fault(address(1_000 + i));
    }
    assertThat(holdOff.holds(ATTACKER)).isTrue();
    holdOff.fault(ATTACKER);
    for (int i = 0; i < 9_999; i++) {
      holdOff.fault(address(100_000 + i));
    }
    assertThat(holdOff.holds(ATTACKER)).isTrue();
    holdOff.fault(OTHER);
    assertThat(holdOff.holds(ATTACKER)).isFalse();
    assertThat(holdOff.size()).isEqualTo(10_000);
  }

  private void useUp() {
    for (int i = 0; i < FREE; i++) {
      holdOff.fault(ATTACKER);
    }
  }

  private void later(long millis) {
    now += TimeUnit.MILLISECONDS.toNanos(millis);
  }

  private static InetAddress address(int number) {
    try {
      return InetAddress.getByAddress(
          new byte[] {10, (byte) (number >> 16), (byte) (number >> 8), (byte) number});
    } catch (UnknownHostException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
