package io.thalweg.forbidden.route;

import com.typesafe.config.Config;
import io.thalweg.forbidden.ingest.Ingest;

/** Breaks: knows the edge before it and reads the configuration. */
public class Route {
  Ingest ingest = new Ingest();

  int depth(Config config) {
    return config.getInt("depth");
  }
}
