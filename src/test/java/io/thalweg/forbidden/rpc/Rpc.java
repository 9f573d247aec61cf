package io.thalweg.forbidden.rpc;

import io.thalweg.forbidden.route.Route;

/** Breaks: a call as a stream knows nothing of where its samples go. */
public class Rpc {
  Route known = new Route();
}
