package io.thalweg.forbidden.domain.window;

import io.thalweg.forbidden.entity.Entity;

/** Breaks: knows an actor. */
public class Window {
  Entity known = new Entity();
}
