package io.thalweg.forbidden.entity;

import io.thalweg.forbidden.journal.Journal;

/** Breaks: knows where its events are stored. */
public class Entity {
  Journal known = new Journal();
}
