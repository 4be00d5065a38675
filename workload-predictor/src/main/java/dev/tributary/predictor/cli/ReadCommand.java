package dev.tributary.predictor.cli;

import dev.tributary.predictor.PredictorException;
import dev.tributary.predictor.eventlog.ReadState;
import dev.tributary.predictor.feature.ApplicationLogs;
import dev.tributary.predictor.feature.ApplicationRecord;
import dev.tributary.predictor.feature.ReadReport;
import dev.tributary.predictor.rest.SparkRestClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code predictor read}: what applications did, from their event logs or from Spark's REST API.
 */
@Command(
    name = "read",
    description = {
      "Read Spark event logs: one line for each application attempt.",
      "Takes plain, rolling, zipped and packed logs of Spark 1.2 to 4, and directories of them.",
      "Damaged and unknown lines are counted, never fatal.",
      "With --rest the same of a History Server or of a running application's UI."
    },
    mixinStandardHelpOptions = true)
public final class ReadCommand implements Callable<Integer> {
  private static final long PROGRESS_NANOS = 5_000_000_000L;

  @Spec private CommandSpec spec;
  @Mixin private JsonOption json;

  @Parameters(
      paramLabel = "PATH",
      arity = "0..*",
      description = "A log or a directory of logs; s3a://, gs:// where Hadoop is on the class path")
  private List<String> paths = List.of();

  @Option(
      names = "--rest",
      paramLabel = "URL",
      description = "In place of PATH: a UI or a History Server, e.g. http://localhost:18080")
  private Optional<String> rest = Optional.empty();

  @Option(
      names = "--app",
      paramLabel = "ID",
      description = "With --rest: this application; repeatable. Default: all that are there")
  private List<String> applications = List.of();

  @Option(
      names = "--state",
      paramLabel = "FILE",
      description = "Remember there what was read, and read only new and grown logs next time")
  private Optional<Path> state = Optional.empty();

  @Option(names = "--csv", description = "Print a CSV table with all features")
  private boolean csv;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Logs read at the same time. Default: one a processor")
  private int threads = Runtime.getRuntime().availableProcessors();

  private long nextProgress = System.nanoTime() + PROGRESS_NANOS;
  private long seen;

  @Override
  public Integer call() throws IOException {
    check();
    PrintWriter out = spec.commandLine().getOut();
    ApplicationOutput output = ApplicationOutput.to(out, json.isAsked(), csv);
    ReadReport report;
    try {
      report = rest.isPresent() ? asked(rest.get(), output) : logged(output);
    } catch (RuntimeException e) {
      output.breakOff(e);
      throw e;
    }
    output.close(report);
    return say(report);
  }

  private void check() {
    if (threads < 1) {
      throw wrong("--threads must be at least 1, not " + threads);
    }
    if (json.isAsked() && csv) {
      throw wrong("--json or --csv, not both");
    }
    if (rest.isPresent() && (!paths.isEmpty() || state.isPresent())) {
      throw wrong("--rest stands in place of PATH and --state, not beside them");
    }
    if (rest.isEmpty() && (paths.isEmpty() || !applications.isEmpty())) {
      throw wrong(
          paths.isEmpty()
              ? "give event logs or directories of them, or --rest URL"
              : "--app goes with --rest");
    }
  }

  private ParameterException wrong(String what) {
    return new ParameterException(spec.commandLine(), what);
  }

  private ReadReport asked(String address, ApplicationOutput output) {
    return new SparkRestClient(address).read(applications, record -> take(record, output));
  }

  private ReadReport logged(ApplicationOutput output) {
    try (ReadState known = state.map(ReadState::open).orElseGet(ReadState::inMemory)) {
      return ApplicationLogs.read(paths, known, threads, record -> take(record, output));
    }
  }

  private void take(ApplicationRecord application, ApplicationOutput output) {
    output.accept(application);
    if (spec.commandLine().getOut().checkError()) {
      throw new PredictorException(
          PredictorException.Kind.FAILED,
          "The row of '%s' cannot be written to standard output"
              .formatted(application.summary().key()),
          "Its reader has ended, or what it goes to is full",
          "make room, or let the reader read on, and read again: with --state from this row on",
          null);
    }
    seen++;
    if (System.nanoTime() > nextProgress) {
      nextProgress = System.nanoTime() + PROGRESS_NANOS;
      spec.commandLine().getErr().printf("%,d applications read%n", seen);
      spec.commandLine().getErr().flush();
    }
  }

  private int say(ReadReport report) {
    PrintWriter err = spec.commandLine().getErr();
    report.unreadable().forEach(log -> err.println("cannot read " + log));
    if (rest.isPresent()) {
      err.printf(
          "%,d attempts of %,d applications at %s: %,d task ends, %,d stages completed, %,d"
              + " unreadable%n",
          report.applications(),
          report.logs(),
          rest.get(),
          report.taskEnds(),
          report.stagesCompleted(),
          report.unreadable().size());
    } else {
      sayOfLogs(report, err);
    }
    err.flush();
    if (report.logs() > 0 && report.foreign() == report.logs()) {
      throw PredictorException.usage(
          "There is no event log at %s".formatted(String.join(", ", paths)),
          "Nothing there has lines such as {\"Event\":\"SparkListener…\"}",
          "name the directory that spark.eventLog.dir points to");
    }
    return report.unreadable().isEmpty() ? 0 : PredictorException.Kind.UNREACHABLE.exitCode();
  }

  private static void sayOfLogs(ReadReport report, PrintWriter err) {
    err.printf(
        "%,d applications from %,d logs: %,d lines, %,d task ends, %,d stages completed, %,d"
            + " lines unparsed, %,d too long%n",
        report.applications(),
        report.logs(),
        report.lines(),
        report.taskEnds(),
        report.stagesCompleted(),
        report.unparsed(),
        report.oversized());
    err.printf(
        "%,d logs unchanged, %,d copies of others, %,d empty, %,d no event logs, %,d damaged, %,d"
            + " unreadable, %,d links to directories already listed%n",
        report.unchanged(),
        report.duplicates(),
        report.empty(),
        report.foreign(),
        report.damaged(),
        report.unreadable().size(),
        report.links());
  }
}
