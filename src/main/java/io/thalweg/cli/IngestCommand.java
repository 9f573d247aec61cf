package io.thalweg.cli;

import io.thalweg.cli.input.FileIngest;
import io.thalweg.cli.input.FileReport;
import io.thalweg.cli.input.InputException;
import io.thalweg.cli.input.Source;
import io.thalweg.cli.output.Json;
import io.thalweg.client.ThalwegClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends files. */
@Command(
    name = "ingest",
    description = {
      "Sends the samples of files, each line once.",
      "",
      "Files are CSV (RFC 4180, UTF-8) or NDJSON (an object in each line), plain or gzip. Times are"
          + " ISO 8601 with T or a space in the middle, or numbers (--time-unit).",
      "",
      "Running it again, also after it or the server was killed, counts nothing twice: what was"
          + " counted is reported as duplicate. A file is known by its name without the folder, its"
          + " bytes, and the options that say how to read it; a file that has changed in any of"
          + " them is another file, and all of it counts again. Standard input (-) is only known by"
          + " --producer-id.",
    },
    footer = {
      "",
      "For each key the server remembers 1,024 producers (unless configured otherwise), and each"
          + " 256 batches of a file are one: files of up to 262,144 batches with samples of one"
          + " key count once.",
      "",
      "Examples:",
      "  thalweg ingest speed_7578.csv",
      "  thalweg ingest --key-column card --value-column amount pay.ndjson.gz",
      "  zcat log.csv.gz | thalweg ingest --producer-id log-2026-11-23 --key web -",
    })
final class IngestCommand extends StreamCommand {
  /** What to do at a malformed line. */
  enum OnError {
    STOP,
    SKIP
  }

  private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(60);

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "The files, one after the other; - is standard input.")
  private List<Path> files = new ArrayList<>();

  @Mixin private InputOptions input = new InputOptions();

  @Option(
      names = "--producer-id",
      paramLabel = "ID",
      description =
          "Know the one FILE by this name instead of by its contents. The same id must always come"
              + " with the same lines and options: others under a number once used are not"
              + " counted.")
  private Optional<String> producerId = Optional.empty();

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      defaultValue = "5000",
      description = "Samples in a batch, at most 100000. Default: 5000.")
  private int batchSize;

  @Option(
      names = "--on-error",
      paramLabel = "stop|skip",
      defaultValue = "stop",
      description =
          "At a malformed line: send what is before it and stop, or skip it. Either way it is named"
              + " and the exit code is 5. Default: stop.")
  private OnError onError = OnError.STOP;

  private final List<FileReport> reports = new ArrayList<>();

  @Override
  Duration usualTimeout() {
    return USUAL_TIMEOUT;
  }

  @Override
  int run(ThalwegClient client, String stream) throws Exception {
    List<Source> sources = sources();
    FileIngest ingest =
        new FileIngest(client, stream, producerId, batchSize, onError == OnError.STOP);
    try (Progress progress = Progress.show("ingest", Source.totalSize(sources))) {
      for (Source source : sources) {
        progress.at(source.name());
        send(ingest, source, progress);
        if (reports.getLast().stopped()) {
          break;
        }
      }
    } finally {
      print();
    }
    return reports.stream().allMatch(FileReport::isClean) ? ExitCode.OK : ExitCode.REJECTED;
  }

  @Override
  void check() throws IOException {
    List<Source> sources = sources();
    input
        .contradiction()
        .ifPresent(
            c -> {
              throw usage(c);
            });
    if (batchSize < 1 || batchSize > FileIngest.BATCH_SIZE_MAX) {
      throw usage("--batch-size must be 1 to " + FileIngest.BATCH_SIZE_MAX + ", not " + batchSize);
    }
    if (producerId.isPresent() && sources.size() > 1) {
      throw usage("--producer-id names one FILE, and " + sources.size() + " are given");
    }
    for (Source source : sources) {
      if (!source.isStandardInput() && !Files.isReadable(source.path())) {
        throw new NoSuchFileException(source.path().toString());
      }
    }
  }

  private List<Source> sources() {
    return files.stream().map(Source::new).toList();
  }

  private void send(FileIngest ingest, Source source, Progress progress)
      throws IOException, InterruptedException {
    try {
      ingest.send(source, input.of(source), new Reporter(progress));
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      throw new InputException(source.path() + ": " + e.getMessage(), e);
    }
  }

  private void print() {
    reports.stream().map(IngestReport::complaints).forEach(lines -> lines.forEach(err()::println));
    if (isJson()) {
      out().println(Json.text(IngestReport.json(reports)));
    } else if (!reports.isEmpty()) {
      IngestReport.table(reports).lines(ansi()).forEach(out()::println);
    }
    out().flush();
  }

  /** Passes progress on, and keeps reports. */
  private final class Reporter implements FileIngest.Listener {
    private final Progress progress;

    Reporter(Progress progress) {
      this.progress = progress;
    }

    @Override
    public void accept(long bytes) {
      progress.advance(bytes);
    }

    @Override
    public void report(FileReport report) {
      reports.add(report);
    }
  }
}
