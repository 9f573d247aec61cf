package io.thalweg.forbidden.kafka;

import io.thalweg.forbidden.route.Route;

/** Breaks: how a cluster is reached has nothing to do with what comes from it. */
public class Kafka {
  Route known = new Route();
}
