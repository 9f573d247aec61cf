package io.thalweg.forbidden.testkit;

import io.thalweg.forbidden.entity.Entity;
import org.apache.pekko.actor.typed.ActorSystem;

/** Breaks: needs actors and their system for a unit test. */
public class Testkit {
  Entity known = new Entity();
  ActorSystem<Void> system;

  Testkit(ActorSystem<Void> system) {
    this.system = system;
  }
}
