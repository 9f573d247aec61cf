package io.thalweg.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GuardedTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  @Test
  void whatItPrintsIsTakenAndItsCodeIsTold() throws Exception {
    Guarded process = start("echo out; echo err >&2; exit 7");
    assertThat(process.await()).isEqualTo(7);
    assertThat(lines).containsExactlyInAnyOrder("out", "err");
    assertThat(process.whenEnded().get(20, TimeUnit.SECONDS)).isEqualTo(7);
  }

  @Test
  void itsEnvironmentIsAddedAndOursIsKeptFromIt() throws Exception {
    Guarded process =
        Guarded.start(
            "test",
            "TERM",
            List.of("/bin/sh", "-c", "echo $GIVEN; env | grep -c ^THALWEG_"),
            Map.of("GIVEN", "value", "THALWEG_HEAP", "1g"),
            lines::add);
    process.await();
    assertThat(lines).containsExactly("value", "1");
  }

  @Test
  void stoppingSendsItsSignalAndWaitsForIt() throws Exception {
    Guarded process =
        start("trap 'echo ending; exit 0' TERM; echo up; while :; do sleep 0.05; done");
    awaitLine("up");
    assertThat(process.stop(PATIENCE)).isTrue();
    assertThat(process.isAlive()).isFalse();
    assertThat(lines).containsExactly("ending");
  }

  @Test
  void whatDoesNotStopIsKilledWithItsChildren() throws Exception {
    Guarded process = start("trap '' TERM; sleep 1000 & echo $!; wait; wait; sleep 1000");
    ProcessHandle child = ProcessHandle.of(Long.parseLong(nextLine())).orElseThrow();
    assertThat(process.stop(Duration.ofMillis(200))).isFalse();
    assertThat(process.isAlive()).isFalse();
    child.onExit().get(20, TimeUnit.SECONDS);
  }

  @Test
  void itEndsWhenTheOneThatStartedItIsKilled() throws Exception {
    // The middle one starts it as the program does, and is killed as a user may kill the program.
    Process middle =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                Middle.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    ProcessHandle grandchild;
    try (var reader = middle.inputReader()) {
      grandchild = ProcessHandle.of(Long.parseLong(reader.readLine())).orElseThrow();
      assertThat(grandchild.isAlive()).isTrue();
      middle.destroyForcibly().waitFor();
      grandchild.onExit().get(20, TimeUnit.SECONDS);
    }
    assertThat(grandchild.isAlive()).isFalse();
  }

  /** A program that guards another one and waits. */
  static final class Middle {
    private Middle() {}

    public static void main(String[] args) throws Exception {
      Guarded.start(
              "test",
              "TERM",
              List.of("/bin/sh", "-c", "echo $$; while :; do sleep 0.05; done"),
              Map.of(),
              System.out::println)
          .await();
    }
  }

  private Guarded start(String script) throws Exception {
    return Guarded.start("test", "TERM", List.of("/bin/sh", "-c", script), Map.of(), lines::add);
  }

  private String nextLine() throws InterruptedException {
    String line = lines.poll(20, TimeUnit.SECONDS);
    assertThat(line).isNotNull();
    return line;
  }

  private void awaitLine(String expected) throws InterruptedException {
    assertThat(nextLine()).isEqualTo(expected);
  }
}
