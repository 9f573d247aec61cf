package io.thalweg.forbidden.domain.key;

import io.thalweg.forbidden.results.Results;
import org.apache.pekko.actor.typed.ActorSystem;

/** Breaks: knows an actor system and who queries. */
public class Key {
  ActorSystem<Void> system;
  Results results;

  Key(ActorSystem<Void> system, Results results) {
    this.system = system;
    this.results = results;
  }
}
