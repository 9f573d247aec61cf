package io.thalweg.journal;

import io.thalweg.domain.key.Outcome;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A queue of results that are to be told elsewhere, and what goes into it.
 *
 * @param name 1 to 64 letters, digits, '.', '_' and '-'; what waits in a queue is found by it
 * @param streams whose results it takes
 * @param wanted which of them; asked by the threads of the keys, and cheap
 */
public record ResultQueue(String name, Set<String> streams, Predicate<Outcome> wanted) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  public ResultQueue {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a queue's name is 1 to 64 letters, digits, '.', '_' and '-', and not '" + name + "'");
    }
    streams = Set.copyOf(streams);
  }
}
