package io.thalweg.forbidden.journal;

import io.thalweg.forbidden.results.Results;

/** Breaks: knows who reads it. */
public class Journal {
  Results known = new Results();
}
