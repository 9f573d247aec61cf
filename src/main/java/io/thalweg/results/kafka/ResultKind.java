package io.thalweg.results.kafka;

import io.thalweg.domain.key.Outcome;
import java.util.Locale;

/** What a sink may be asked for. */
public enum ResultKind {
  /** Windows that closed, and closed ones that late samples changed. */
  WINDOWS,
  /** Windows told of before they close, as their stream asks for. */
  UPDATES,
  ANOMALIES,
  /** Samples that came too late. */
  LATE;

  /** As it stands in the configuration. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static ResultKind of(Outcome outcome) {
    return switch (outcome) {
      case Outcome.WindowClosed closed -> WINDOWS;
      case Outcome.WindowUpdated updated -> UPDATES;
      case Outcome.AnomalyRaised raised -> ANOMALIES;
      case Outcome.LateSample late -> LATE;
    };
  }
}
