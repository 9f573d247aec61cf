package io.thalweg.faults.mutant;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.thalweg.journal.Write;
import java.lang.instrument.Instrumentation;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;

/** One way of being wrong: a method of the program to which something is added. */
public enum Mutation {
  /** The first event with the number 7 is acknowledged and left out of its flush. */
  DROP_ONE_EVENT("io.thalweg.journal.postgres.FlushStatement", "event", 4, LeaveOut.class),
  /** No batch is known to have been counted before. */
  NO_DEDUPLICATION("io.thalweg.domain.key.CountedBatchesFold", "contains", 1, NeverKnown.class),
  /** Writes are said to be durable before they are committed. */
  EARLY_ACKNOWLEDGEMENT("io.thalweg.journal.CommitThread", "submit", 1, TooEarly.class),
  /** A replay ends one event before the last one. */
  TRUNCATED_REPLAY("io.thalweg.journal.postgres.PostgresRows", "events", 4, TooShort.class),
  /** What has gathered for a key is counted in the wrong order. */
  REORDERED("io.thalweg.domain.key.KeyState", "decide", 3, Backwards.class);

  private final String type;
  private final String method;
  private final int arguments;
  private final Class<?> advice;

  Mutation(String type, String method, int arguments, Class<?> advice) {
    this.type = type;
    this.method = method;
    this.arguments = arguments;
    this.advice = advice;
  }

  void install(Instrumentation program) {
    new AgentBuilder.Default()
        .with(AgentBuilder.Listener.StreamWriting.toSystemError().withErrorsOnly())
        .type(named(type))
        .transform(
            (builder, described, loader, module, domain) -> {
              System.err.println("mutant: " + this + " in " + described);
              return builder.visit(
                  Advice.to(advice).on(named(method).and(takesArguments(arguments))));
            })
        .installOn(program);
  }

  /** Advice is copied into the program's methods. */
  public static final class LeaveOut {
    public static final AtomicBoolean DONE = new AtomicBoolean();

    private LeaveOut() {}

    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    static boolean enter(@Advice.Argument(2) long number) {
      return number == 7 && LeaveOut.DONE.compareAndSet(false, true);
    }
  }

  static final class NeverKnown {
    private NeverKnown() {}

    @SuppressWarnings("UnusedAssignment")
    @Advice.OnMethodExit
    static void exit(@Advice.Return(readOnly = false) boolean known) {
      known = false;
    }
  }

  static final class TooEarly {
    private TooEarly() {}

    @Advice.OnMethodEnter
    static void enter(@Advice.Argument(0) Write write) {
      write.committed();
    }
  }

  static final class TooShort {
    private TooShort() {}

    @SuppressWarnings("UnusedAssignment")
    @Advice.OnMethodEnter
    static void enter(
        @Advice.Argument(1) long from, @Advice.Argument(value = 2, readOnly = false) long to) {
      to = to > from ? to - 1 : to;
    }
  }

  static final class Backwards {
    private Backwards() {}

    @SuppressWarnings({"UnusedAssignment", "unchecked", "rawtypes"})
    @Advice.OnMethodEnter
    static void enter(@Advice.Argument(value = 1, readOnly = false) List batches) {
      batches = batches.reversed();
    }
  }
}
