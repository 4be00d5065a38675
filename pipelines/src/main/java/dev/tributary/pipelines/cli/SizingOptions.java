package dev.tributary.pipelines.cli;

import dev.tributary.pipelines.job.RunSizing;
import dev.tributary.pipelines.lake.Lake;
import dev.tributary.pipelines.sizing.PredictorSizing;
import dev.tributary.predictor.PredictorException;
import dev.tributary.predictor.service.PredictorClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How a run is sized. */
final class SizingOptions {
  enum Size {
    auto,
    off
  }

  @Option(
      names = "--size",
      defaultValue = "off",
      description =
          "${COMPLETION-CANDIDATES}: auto has the predictor size the run, as far as the job's mode"
              + " allows, and tells it the outcome. Default: ${DEFAULT-VALUE}")
  private Size size;

  @Option(
      names = "--predictor",
      paramLabel = "DIR|URL",
      description = "The predictor's store or service. Default: _predictor in the lake")
  private String predictor;

  @Option(
      names = "--predictor-token-file",
      paramLabel = "FILE",
      description = "The token of the service")
  private Path tokenFile;

  @Option(
      names = "--deadline",
      paramLabel = "PT10M",
      description =
          "The sized run is to end within this time, ISO 8601. Default: no slower than it was")
  private Duration deadline;

  /** Who sizes; empty for nobody. */
  Optional<RunSizing> of(Lake lake) {
    if (size == Size.off) {
      return Optional.empty();
    }
    if (deadline != null && (deadline.isNegative() || deadline.isZero())) {
      throw PredictorException.usage(
          "The deadline " + deadline + " is not after the start", null, "name one like PT10M");
    }
    String place = predictor == null ? inLake(lake) : predictor;
    return Optional.of(
        new PredictorSizing(
            PredictorClient.at(place, Optional.ofNullable(tokenFile)),
            Optional.ofNullable(deadline)));
  }

  private static String inLake(Lake lake) {
    return lake.localDirectory()
        .map(directory -> directory.resolve("_predictor").toString())
        .orElseThrow(
            () ->
                PredictorException.usage(
                    "The lake %s is on no local disk, so it holds no predictor's store"
                        .formatted(lake.root()),
                    null,
                    "name a directory or a service by --predictor"));
  }
}
