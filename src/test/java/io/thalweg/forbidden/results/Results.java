package io.thalweg.forbidden.results;

import io.thalweg.forbidden.route.Route;

/** Breaks: knows the way of the data; nothing marks its package. */
public class Results {
  Route known = new Route();
}
