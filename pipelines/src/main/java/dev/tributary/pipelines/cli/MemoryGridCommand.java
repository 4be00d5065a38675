package dev.tributary.pipelines.cli;

import dev.tributary.pipelines.bench.MemoryGrid;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tributary bench memory-grid}: makes the runs that memory sizing is measured on. */
@Command(
    name = "memory-grid",
    description = {
      "Run Spark jobs of several sizes in JVMs of several heaps; append each run to a CSV.",
      "Runs nothing that the file has already, so it can be stopped and started again."
    },
    mixinStandardHelpOptions = true)
final class MemoryGridCommand implements Callable<Integer> {
  @Mixin private Measurement measurement;

  @Option(
      names = "--file",
      paramLabel = "FILE.csv",
      required = true,
      description = "The runs, in the form of predictor recommend --runs")
  private Path file;

  @Option(names = "--quick", description = "Two jobs, two sizes, two heaps")
  private boolean quick;

  @Option(
      names = "--budget",
      paramLabel = "DURATION",
      defaultValue = "PT10M",
      description = "Start no run after this long. Default: ${DEFAULT-VALUE}")
  private Duration budget;

  @Override
  public Integer call() throws Exception {
    return measurement.of(new MemoryGrid(file.toAbsolutePath(), quick, budget)::run);
  }
}
