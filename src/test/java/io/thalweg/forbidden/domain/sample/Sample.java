package io.thalweg.forbidden.domain.sample;

import io.thalweg.forbidden.domain.stats.Stats;

/** Breaks: the innermost package knows another. */
public class Sample {
  Stats known = new Stats();
}
