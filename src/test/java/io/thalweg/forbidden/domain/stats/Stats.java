package io.thalweg.forbidden.domain.stats;

import io.thalweg.forbidden.domain.sample.Sample;
import io.thalweg.forbidden.journal.Journal;

/** Breaks: knows the journal; makes a cycle with the samples. */
public class Stats {
  Sample sample = new Sample();
  Journal journal = new Journal();
}
