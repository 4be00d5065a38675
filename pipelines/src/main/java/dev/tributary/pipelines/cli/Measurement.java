package dev.tributary.pipelines.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.pipelines.job.Progress;
import dev.tributary.pipelines.job.TerminalProgress;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.io.FileUtils;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What all benchmarks are told, and how they are run and report. */
final class Measurement {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(names = "--json", description = "Accepted for symmetry: the report is JSON anyway")
  private boolean json;

  /** A benchmark that takes some time. */
  interface Benchmark {
    Map<String, Object> run(Progress progress) throws Exception;
  }

  /** A benchmark that needs a directory to work in. */
  interface InDirectory {
    Benchmark in(Path directory) throws Exception;
  }

  /** Where a benchmark works. */
  static final class Place {
    @Option(
        names = "--directory",
        paramLabel = "DIR",
        description = "Work there and leave it for inspection. Default: a temporary directory")
    private Optional<Path> directory = Optional.empty();
  }

  /** Runs the benchmark and prints its report as one line of JSON. */
  int of(Benchmark benchmark) throws Exception {
    Map<String, Object> report = benchmark.run(new TerminalProgress(System.err, Terminals.error()));
    PrintWriter out = spec.commandLine().getOut();
    out.println(new ObjectMapper().writeValueAsString(report));
    out.flush();
    return 0;
  }

  /** The same in the directory that is given, or in one that is deleted afterwards. */
  int in(Place place, InDirectory benchmark) throws Exception {
    Optional<Path> given = place.directory;
    Path directory =
        given.isPresent()
            ? Files.createDirectories(given.get())
            : Files.createTempDirectory("tributary-bench");
    try {
      return of(benchmark.in(directory));
    } finally {
      RunCommand.stopSpark();
      if (given.isEmpty()) {
        FileUtils.deleteDirectory(directory.toFile());
      }
    }
  }
}
