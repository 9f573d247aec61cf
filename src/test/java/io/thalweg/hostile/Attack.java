package io.thalweg.hostile;

import java.util.Set;

/**
 * Something that a client does to hurt a node.
 *
 * @param name by which it is asked for
 * @param what it does, for people
 * @param outcomes what a client may see of it: these, and nothing else
 * @param deed does it; returns when it is over, its connections closed
 */
record Attack(String name, String what, Set<String> outcomes, Deed deed) {

  /** What it does. */
  interface Deed {
    /**
     * @param sight what is seen goes here
     */
    void run(Target target, Sight sight) throws Exception;
  }
}
