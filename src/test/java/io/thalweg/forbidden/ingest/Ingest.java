package io.thalweg.forbidden.ingest;

import io.thalweg.forbidden.entity.Entity;

/** Breaks: passes the route by. */
public class Ingest {
  Entity known = new Entity();
}
