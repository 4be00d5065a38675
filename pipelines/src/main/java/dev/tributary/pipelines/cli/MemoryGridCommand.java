package dev.tributary.pipelines.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.pipelines.bench.MemoryGrid;
import dev.tributary.pipelines.job.TerminalProgress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tributary bench memory-grid}: makes the runs that memory sizing is measured on. */
@Command(
    name = "memory-grid",
    description = {
      "Run Spark jobs of several sizes in JVMs of several heaps; append each run to a CSV.",
      "Runs nothing that the file has already, so it can be stopped and started again."
    },
    mixinStandardHelpOptions = true)
final class MemoryGridCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

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

  @Option(names = "--json", description = "Print JSON, as it does anyway")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    var report =
        new MemoryGrid(file.toAbsolutePath(), quick, budget)
            .run(new TerminalProgress(System.err, Terminals.error()));
    spec.commandLine().getOut().println(new ObjectMapper().writeValueAsString(report));
    spec.commandLine().getOut().flush();
    return 0;
  }
}
