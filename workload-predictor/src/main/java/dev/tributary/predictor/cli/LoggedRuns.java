package dev.tributary.predictor.cli;

import dev.tributary.predictor.PredictorException;
import dev.tributary.predictor.eventlog.ReadState;
import dev.tributary.predictor.feature.ApplicationLogs;
import dev.tributary.predictor.feature.ReadReport;
import dev.tributary.predictor.run.Cluster;
import dev.tributary.predictor.run.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs from event logs, for a recommendation. */
final class LoggedRuns {
  private LoggedRuns() {}

  /**
   * Reads the runs of all logs under some paths.
   *
   * @param machineType what their executors ran on, one a machine; empty where the logs tell
   * @throws PredictorException where no log tells of a run, or one cannot be read
   */
  static List<Run> read(List<String> paths, Optional<String> machineType) {
    List<Run> runs = new ArrayList<>();
    ReadReport report;
    try (ReadState state = ReadState.inMemory()) {
      report =
          ApplicationLogs.read(
              paths,
              state,
              Runtime.getRuntime().availableProcessors(),
              application ->
                  application
                      .summary()
                      .run()
                      .map(run -> on(run, machineType))
                      .ifPresent(runs::add));
    }
    if (!report.unreadable().isEmpty()) {
      throw new PredictorException(
          PredictorException.Kind.UNREACHABLE,
          "%d of %d logs cannot be read".formatted(report.unreadable().size(), report.logs()),
          report.unreadable().get(0),
          "make them readable, or leave them out",
          null);
    }
    if (runs.isEmpty()) {
      throw PredictorException.usage(
          "There is no run in the logs at " + String.join(", ", paths),
          "%d files were looked at".formatted(report.logs()),
          "name the directory that spark.eventLog.dir points to");
    }
    return runs;
  }

  private static Run on(Run run, Optional<String> machineType) {
    Cluster had = run.cluster();
    return machineType
        .map(
            type ->
                run.withCluster(
                    new Cluster(
                        type, had.workers(), had.coresPerWorker(), had.memoryMbPerWorker())))
        .orElse(run);
  }
}
