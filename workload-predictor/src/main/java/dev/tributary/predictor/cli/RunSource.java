package dev.tributary.predictor.cli;

import dev.tributary.predictor.PredictorException;
import dev.tributary.predictor.recommend.RunTable;
import dev.tributary.predictor.run.Run;
import dev.tributary.predictor.service.PredictorApi;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** Where the runs of a job are read: a table, event logs, or the service's store. */
final class RunSource {
  @Option(
      names = "--runs",
      paramLabel = "FILE",
      description =
          "Table with a header: job,run_id,started,machine_type,workers,cores_per_worker,"
              + "memory_mb_per_worker,runtime_s,peak_memory_mb,cpu,outcome,input_*,feature_*;"
              + " features are what 'predictor read' tells, by its names")
  private Optional<Path> table = Optional.empty();

  @Option(
      names = "--log",
      paramLabel = "PATH",
      arity = "1..*",
      description =
          "Spark event logs or directories of them, as for 'predictor read'; beside or in place of"
              + " --runs. The job is its name without dates and numbers, '@' and its main class")
  private List<String> logs = List.of();

  @Option(
      names = "--machine-type",
      paramLabel = "TYPE",
      description =
          "What the executors of --log ran on, one a machine: logs seldom tell. Its price is needed")
  private Optional<String> machineType = Optional.empty();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "The service's store, in place of --runs and --log: its runs, its models, and what"
              + " POST /v1/recommend would answer")
  private Optional<Path> store = Optional.empty();

  /**
   * The directory of the store, where that is asked for.
   *
   * @throws PredictorException (usage) where there is none, runs are asked for beside it, or a
   *     machine is given for logs that are not
   */
  Optional<Path> store() {
    if (store.isPresent() && (table.isPresent() || !logs.isEmpty())) {
      throw PredictorException.usage(
          "--data stands in place of --runs and --log", null, "give one or the others");
    }
    if (machineType.isPresent() && logs.isEmpty()) {
      throw PredictorException.usage(
          "--machine-type %s is of no log".formatted(machineType.get()),
          "it says what the executors of --log ran on; tables and the store have it themselves",
          "leave it out, or give --log");
    }
    if (store.isPresent() && !PredictorApi.isStore(store.get())) {
      throw PredictorException.usage(
          "There is no store in " + store.get(),
          "it has no file %s".formatted(PredictorApi.STORE_FILE),
          "name the --data of 'predictor serve' or 'predictor plan'");
    }
    return store;
  }

  /** The table's runs and those of logs that it does not have. */
  List<Run> read() {
    if (table.isEmpty() && logs.isEmpty()) {
      throw PredictorException.usage(
          "There is nothing to learn from",
          "neither --runs nor --log nor --data is given",
          "give --data, or one or both of the others");
    }
    List<Run> known = new ArrayList<>(table.map(RunTable::read).orElse(List.of()));
    if (!logs.isEmpty()) {
      Set<String> ids = new HashSet<>();
      known.forEach(run -> ids.add(run.job() + "\n" + run.id()));
      LoggedRuns.read(logs, machineType).stream()
          .filter(run -> ids.add(run.job() + "\n" + run.id()))
          .forEach(known::add);
    }
    return known;
  }
}
