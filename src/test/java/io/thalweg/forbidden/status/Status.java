package io.thalweg.forbidden.status;

import io.thalweg.forbidden.ingest.Ingest;

/** Breaks: knows how samples come in. */
public class Status {
  Ingest known = new Ingest();
}
