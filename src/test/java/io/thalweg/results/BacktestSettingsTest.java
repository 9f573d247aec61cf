package io.thalweg.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.Test;

class BacktestSettingsTest {

  @Test
  void defaultsAreThoseOfTheReference() {
    assertThat(BacktestSettings.from(ConfigFactory.defaultReference()))
        .isEqualTo(new BacktestSettings(2, 2_000, 100));
  }

  @Test
  void whatIsOutOfBoundsIsNamedWithThem() {
    assertThatThrownBy(() -> new BacktestSettings(0, 1, 1))
        .hasMessage("thalweg.backtest.concurrent-max must be from 1 to 100: 0");
    assertThatThrownBy(() -> new BacktestSettings(1, 1_000_001, 1))
        .hasMessage("thalweg.backtest.events-per-second-max must be from 1 to 1,000,000: 1000001");
    assertThatThrownBy(() -> new BacktestSettings(1, 1, -1))
        .hasMessage("thalweg.backtest.samples-per-event must be from 1 to 1,000,000: -1");
  }
}
