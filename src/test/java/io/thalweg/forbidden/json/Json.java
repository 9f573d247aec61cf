package io.thalweg.forbidden.json;

import io.thalweg.forbidden.route.Route;

/** Breaks: messages are written without knowing where they come from. */
public class Json {
  Route known = new Route();
}
