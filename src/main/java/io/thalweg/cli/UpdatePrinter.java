package io.thalweg.cli;

import io.thalweg.cli.output.Json;
import io.thalweg.cli.output.Text;
import io.thalweg.client.Updates;
import io.thalweg.v1.Update;
import java.io.PrintWriter;
import java.util.function.Predicate;

/** Prints updates as they come, one in each line, until their end or until nobody reads. */
record UpdatePrinter(PrintWriter out, boolean json) {

  void print(Updates updates, Predicate<Update> wanted) {
    while (!out.checkError() && updates.hasNext()) {
      Update update = updates.next();
      if (wanted.test(update)) {
        out.println(json ? Json.text(Json.of(update)) : Text.of(update));
      }
    }
  }
}
