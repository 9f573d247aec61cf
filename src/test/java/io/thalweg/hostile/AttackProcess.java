package io.thalweg.hostile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * An attack in a process of its own with the lowest priority: on the machine that it shares with
 * the node it should take what the node does with its frames, not what it takes to make them.
 */
final class AttackProcess {
  private static final int SECONDS_MAX = 300;

  private AttackProcess() {}

  /** {@code NAME PORT MILLIS true|false}: an attack that is over sooner is repeated. */
  public static void main(String[] arguments) throws Exception {
    Attack attack = HostileTable.attack(arguments[0]);
    Target target =
        new Target(
            Integer.parseInt(arguments[1]),
            Target.SOURCE,
            Duration.ofMillis(Long.parseLong(arguments[2])),
            Boolean.parseBoolean(arguments[3]));
    Sight sight = new Sight();
    long deadline = target.deadline();
    do {
      attack.deed().run(target, sight);
    } while (System.nanoTime() < deadline);
    sight.lines().forEach(System.out::println);
    System.exit(0);
  }

  /**
   * Attacks a node, and waits until it is over.
   *
   * @param lasting how long an attack goes on that could for ever
   * @param output a file for what the process says
   * @throws IllegalStateException if the attack fails, or sees what it should not
   */
  static Sight run(Attack attack, int port, Duration lasting, boolean isShort, Path output)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of("nice", "-n", "19", ProcessHandle.current().info().command().orElseThrow()));
    command.addAll(List.of("-XX:+UseSerialGC", "-Xmx512m"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(
        List.of(
            AttackProcess.class.getName(),
            attack.name(),
            Integer.toString(port),
            Long.toString(lasting.toMillis()),
            Boolean.toString(isShort)));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean isOver = process.waitFor(SECONDS_MAX, TimeUnit.SECONDS);
    if (!isOver) {
      process.destroyForcibly();
    }
    int code = process.waitFor();
    if (code != 0) {
      throw new IllegalStateException(
          (isOver ? "the attack ended with " + code : "the attack came to no end")
              + ": "
              + Files.readString(output).strip());
    }
    Sight sight = Sight.read(Files.readAllLines(output));
    Set<String> unexpected = new TreeSet<>(sight.outcomes());
    unexpected.removeAll(attack.outcomes());
    if (!unexpected.isEmpty()) {
      throw new IllegalStateException(
          "it sees what it should not: %s, among %s".formatted(unexpected, sight));
    }
    return sight;
  }
}
