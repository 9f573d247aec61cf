package io.thalweg.domain.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class AlertsTest {
  private static final double EXACT = 1e-12;

  @Test
  void anAlertFromTheThresholdOn() {
    Alerts alerts = alerts(DetectorDefinition.Surprise.DEFAULT);
    assertThat(alerts.raise(2.999, 0)).isFalse();
    assertThat(alerts.raise(3, 1)).isTrue();
  }

  @Test
  void noneForAWhileAfterOneUnlessItIsMuchStronger() {
    Alerts alerts = alerts(DetectorDefinition.Surprise.DEFAULT);
    assertThat(alerts.raise(5, 10)).isTrue();
    assertThat(alerts.raise(7.9, 11)).isFalse();
    assertThat(alerts.raise(7.9, 129)).isFalse();
    assertThat(alerts.raise(7.9, 130)).isTrue();
    assertThat(alerts.raise(10.9, 131)).isTrue();
    assertThat(alerts.raise(13.8, 132)).isFalse();
  }

  @Test
  void eachAlertRaisesTheThresholdUntilItIsForgotten() {
    Alerts alerts = alerts(new DetectorDefinition.Surprise(3, 0.5, 100, 0, 0, 0, false));
    assertThat(alerts.raise(3, 0)).isTrue();
    assertThat(alerts.threshold()).isCloseTo(3 + 0.5 * Math.exp(-0.01), within(EXACT));
    assertThat(alerts.raise(3, 1)).isFalse();
    assertThat(alerts.raise(9, 2)).isTrue();
    assertThat(alerts.threshold())
        .isCloseTo(3 + 0.5 * (Math.exp(-0.03) + Math.exp(-0.01)), within(EXACT));
    for (int i = 3; i < 3_000; i++) {
      assertThat(alerts.raise(0, i)).isFalse();
    }
    assertThat(alerts.threshold()).isCloseTo(3, within(1e-9));
  }

  @Test
  void noneWhileItWarmsUp() {
    Alerts alerts = alerts(new DetectorDefinition.Surprise(3, 0, 1, 0, 0, 50, false));
    assertThat(alerts.raise(1e6, 49)).isFalse();
    assertThat(alerts.raise(1e6, 50)).isTrue();
  }

  @Test
  void storedAndReadTheyGoOn() {
    MemoryFold memory = new MemoryFold(DetectorMemory.EMPTY, Alerts.NUMBERS);
    Alerts alerts = new Alerts(DetectorDefinition.Surprise.DEFAULT, new Cursor(memory));
    assertThat(alerts.raise(5, 10)).isTrue();
    alerts.store(new Cursor(memory));
    Alerts again = new Alerts(DetectorDefinition.Surprise.DEFAULT, new Cursor(memory));
    assertThat(again.threshold()).isEqualTo(alerts.threshold());
    assertThat(again.raise(7.9, 129)).isFalse();
    assertThat(again.raise(8, 129)).isTrue();
  }

  private static Alerts alerts(DetectorDefinition.Surprise definition) {
    return new Alerts(definition, new Cursor(new MemoryFold(DetectorMemory.EMPTY, 4)));
  }
}
