package io.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "serve",
        "demo",
        "bench",
        "cluster",
        "ingest",
        "get",
        "keys",
        "watch",
        "history",
        "streams",
        "status",
        "nab",
        "backtest"
      })
  void everyCommandExplainsItselfAndItsExitCodes(String command) {
    Cli help = Cli.run(command, "--help");
    assertThat(help.exitCode()).isZero();
    assertThat(help.err()).isEmpty();
    assertThat(help.out())
        .startsWith("Usage: thalweg " + command)
        .contains("Exit codes:")
        .contains("3     no such stream or key")
        .contains("5     some of the input was malformed or refused");
  }

  @Test
  void theRootListsTheCommands() {
    assertThat(Cli.run("--help").out())
        .contains("serve", "demo", "bench", "cluster", "ingest", "get", "keys", "watch", "history")
        .contains("streams", "status", "nab", "backtest")
        .contains("generate-completion");
  }

  @Test
  void theVersionIsTold() {
    Cli version = Cli.run("--version");
    assertThat(version.exitCode()).isZero();
    assertThat(version.out()).startsWith("thalweg ");
  }

  @Test
  void completionIsGenerated() {
    assertThat(Cli.run("generate-completion").out()).contains("_complete_thalweg");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "get",
        "get a -o xml",
        "get a --endpoint nowhere",
        "get a --timeout -1",
        "ingest",
        "ingest a.csv --on-error ignore",
        "ingest a.csv --zone Atlantis",
        "ingest a.csv --time-unit h",
        "demo --series 0",
        "bench --workload X",
        "bench --rate fast",
        "bench --distribution normal",
        "bench --endpoint nowhere",
        "bench restart --keys 0",
        "bench restart --endpoint 127.0.0.1:1",
        "cluster --nodes 0",
        "cluster --nodes three",
        "status --watch 0",
        "nab a b",
        "nab --series realTraffic/speed_7578",
        "nab --stream payments --set detector.z-score.threshold=3",
        "nab --set detector.z-score.threshold=3",
        "nab --set nonsense",
        "backtest",
        "backtest --from-journal --config a.conf",
        "backtest --from-journal --key a",
        "backtest --from-journal --prefix p k",
        "backtest --prefix p a.csv"
      })
  void wrongUseEndsWithTwoAndAHint(String args) {
    Cli wrong = Cli.run(args.isEmpty() ? new String[0] : args.split(" "));
    assertThat(wrong.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(wrong.out()).isEmpty();
    assertThat(wrong.err()).contains("Try 'thalweg").contains("--help");
  }
}
