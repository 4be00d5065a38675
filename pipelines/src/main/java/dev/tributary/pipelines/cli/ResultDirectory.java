package dev.tributary.pipelines.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where a linkage puts {@code assignments.csv} and {@code links.csv}. */
final class ResultDirectory {
  @Option(
      names = "--output",
      paramLabel = "DIR",
      required = true,
      description = "The directory of the results")
  private Path path;

  Path path() {
    return path;
  }
}
