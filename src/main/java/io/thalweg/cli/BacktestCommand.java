package io.thalweg.cli;

import com.typesafe.config.Config;
import io.thalweg.cli.backtest.BacktestJson;
import io.thalweg.cli.backtest.BacktestReport;
import io.thalweg.cli.backtest.BacktestText;
import io.thalweg.cli.backtest.FileBacktest;
import io.thalweg.cli.input.InputException;
import io.thalweg.cli.input.Source;
import io.thalweg.client.Backtest;
import io.thalweg.client.ThalwegClient;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.node.Configuration;
import io.thalweg.node.NodeStartException;
import io.thalweg.v1.BacktestRequest;
import io.thalweg.v1.BacktestUpdate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what another definition of a stream would have told of. */
@Command(
    name = "backtest",
    description = {
      "Shows which alerts appear, disappear and stay under another definition of a stream.",
      "",
      "With --from-journal a running server folds the history of its keys once more, each key's"
          + " batches in the order in which they were counted, slowly (thalweg.backtest), while it"
          + " goes on taking samples. Without --set each key follows the definitions that it had;"
          + " all alerts then stay, to the bit.",
      "",
      "With FILEs no server is needed: what the stream as it is configured makes of their samples is"
          + " compared with what it makes of them with --set. Files are those that ingest takes, and"
          + " each sample has a time. A malformed line ends it.",
    },
    footer = {
      "",
      "Where retention has deleted a key's oldest events, it is folded from its oldest snapshot on."
          + " A detector that was changed knows nothing there; the answer says for which keys.",
      "",
      "Exit code 5: some keys' history could not be read; all others are told of.",
      "",
      "Examples:",
      "  thalweg backtest -s pumps --set detector.surprise.threshold=3.5 --from-journal",
      "  thalweg backtest -s pumps --set detector.threshold=3.5 --from-journal pump-1 pump-2",
      "  thalweg backtest -s pumps --set detector.z-score.threshold=4 \\",
      "    --set detector.z-score.min-samples=30 --set window.sliding-count=288 --from-journal",
      "  thalweg backtest -s pumps --set time-zone=Europe/Berlin pumps.csv.gz",
    })
final class BacktestCommand extends ServerCommand {
  @Parameters(
      paramLabel = "FILE|KEY",
      arity = "0..*",
      description =
          "Files; - is standard input. With --from-journal keys, at most 1,000; default: all.")
  private List<String> named = new ArrayList<>();

  @Option(
      names = {"-s", "--stream"},
      paramLabel = "NAME",
      description = "The stream. May be left out where there is just one.")
  private Optional<String> stream = Optional.empty();

  @Option(
      names = "--set",
      paramLabel = "SETTING=VALUE",
      description =
          "Change this setting of the stream, as in reference.conf; e.g. window.sliding-count=100."
              + " detector.threshold=4 means that of the detector that the stream has; another kind"
              + " of detector or window takes the place of the one before. May be repeated.")
  private List<String> settings = new ArrayList<>();

  @Option(names = "--from-journal", description = "Fold what the server's journal holds.")
  private boolean fromJournal;

  @Option(
      names = "--prefix",
      paramLabel = "TEXT",
      description = "With --from-journal: only keys that start with this.")
  private String prefix = "";

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description =
          "With FILEs: where the stream is defined. Default: what THALWEG_CONFIG names, or"
              + " config/thalweg.conf of the program.")
  private Optional<Path> file = Optional.empty();

  @Mixin private InputOptions input = new InputOptions();

  @Override
  void check() throws IOException {
    if (fromJournal && file.isPresent()) {
      throw usage("--config is for FILEs: with --from-journal the server's streams count");
    }
    if (fromJournal && !named.isEmpty() && !prefix.isEmpty()) {
      throw usage("there are both KEYs and --prefix; one of them says it all");
    }
    if (fromJournal && input.namesKey()) {
      throw usage("--key is for FILEs: with --from-journal name KEYs without an option");
    }
    if (!fromJournal && named.isEmpty()) {
      throw usage("FILEs or --from-journal are missing");
    }
    if (!fromJournal && !prefix.isEmpty()) {
      throw usage("--prefix needs --from-journal");
    }
    input
        .contradiction()
        .ifPresent(
            c -> {
              throw usage(c);
            });
    if (!fromJournal) {
      for (Source source : sources()) {
        if (!source.isStandardInput() && !Files.isReadable(source.path())) {
          throw new NoSuchFileException(source.path().toString());
        }
      }
    }
  }

  @Override
  int run(ThalwegClient client) throws Exception {
    BacktestReport report = isJson() ? new BacktestJson(out()) : new BacktestText(out());
    boolean whole = fromJournal ? journal(client, report) : files(report);
    return whole ? ExitCode.OK : ExitCode.REJECTED;
  }

  private boolean journal(ThalwegClient client, BacktestReport report) {
    BacktestRequest request =
        BacktestRequest.newBuilder()
            .setStream(stream.orElseGet(() -> onlyStream(client)))
            .addAllSettings(settings)
            .addAllKeys(named)
            .setPrefix(prefix)
            .build();
    report.begin(request.getStream(), "journal", settings);
    try (Backtest backtest = client.queries().backtest(request);
        Progress progress = Progress.parts("backtest")) {
      while (!out().checkError() && backtest.hasNext()) {
        BacktestUpdate update = backtest.next();
        if (update.hasProgress()) {
          progress.at(update.getProgress().getPart(), BacktestText.of(update.getProgress()));
        } else {
          progress.clearLine();
          report.tell(update);
        }
      }
    }
    return report.end();
  }

  private String onlyStream(ThalwegClient client) {
    return only(
        "the server",
        client.queries().listStreams().stream()
            .map(io.thalweg.v1.StreamDefinition::getStream)
            .toList());
  }

  private boolean files(BacktestReport report) throws Exception {
    Config config = Configuration.load(file.or(ServeCommand::usualFile));
    StreamDefinition definition = configured(config);
    StreamDefinition changed = changed(config, definition.name());
    report.begin(definition.name(), "files", settings);
    FileBacktest backtest = new FileBacktest(definition, changed, report::tell);
    List<Source> sources = sources();
    try (Progress progress = Progress.show("backtest", Source.totalSize(sources))) {
      for (Source source : sources) {
        progress.at(source.name());
        read(source, backtest, progress);
      }
    }
    backtest.end();
    return report.end();
  }

  private void read(Source source, FileBacktest backtest, Progress progress) throws IOException {
    try {
      source.samples(input.of(source), progress::advance, backtest);
    } catch (NoSuchFileException | InputException e) {
      throw e;
    } catch (IOException e) {
      throw new InputException(source.path() + ": " + e.getMessage(), e);
    }
  }

  private List<Source> sources() {
    return named.stream().map(name -> new Source(Path.of(name))).toList();
  }

  private StreamDefinition configured(Config config) throws NodeStartException {
    Map<String, StreamDefinition> streams = Configuration.streams(config);
    List<String> names = List.copyOf(new TreeSet<>(streams.keySet()));
    String name = stream.orElseGet(() -> only("the configuration", names));
    StreamDefinition definition = streams.get(name);
    if (definition == null) {
      throw usage("there is no stream " + name + " among " + String.join(", ", names));
    }
    return definition;
  }

  private StreamDefinition changed(Config config, String name) {
    StreamDefinition changed;
    try {
      changed = Configuration.changed(config, name, settings);
    } catch (IllegalArgumentException wrong) {
      throw usage(String.valueOf(wrong.getMessage()));
    }
    if (changed.detector().isEmpty()) {
      throw usage("the stream " + name + " has no detector: set one, like detector.surprise={}");
    }
    return changed;
  }

  private String only(String where, List<String> names) {
    if (names.size() != 1) {
      throw usage(
          names.isEmpty()
              ? where + " has no stream"
              : "--stream is needed: " + where + " has " + String.join(", ", names));
    }
    return names.getFirst();
  }
}
