package dev.tributary.predictor.cli;

import dev.tributary.predictor.memory.MemoryEvaluation;
import dev.tributary.predictor.memory.MemoryEvaluation.Figures;
import dev.tributary.predictor.memory.MemoryEvaluation.Protocol;
import dev.tributary.predictor.recommend.RunTable;
import dev.tributary.predictor.run.Run;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code predictor memory}: how well executors' memory is sized on a grid of runs. */
@Command(
    name = "memory",
    description = {
      "Hold memory sizing against a grid of runs, such as 'tributary bench memory-grid' makes.",
      "Each trial sizes a workload from bootstrapped other runs of its job."
    },
    mixinStandardHelpOptions = true)
public final class MemoryCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private JsonOption json;

  @Option(
      names = "--runs",
      paramLabel = "FILE",
      required = true,
      description = "The grid, in the form of recommend --runs")
  private Path runs;

  @Option(
      names = "--trials",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Sizings of each protocol. Default: ${DEFAULT-VALUE}")
  private int trials;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of the draws. Default: ${DEFAULT-VALUE}")
  private long seed;

  @Override
  public Integer call() {
    List<Run> read = RunTable.read(runs);
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("runs", read.size());
    for (Protocol protocol : Protocol.values()) {
      Figures figures = MemoryEvaluation.evaluate(read, protocol, trials, seed);
      report.put(protocol.name().toLowerCase(Locale.ROOT), tree(figures));
      if (!json.isAsked()) {
        spec.commandLine()
            .getOut()
            .printf(
                Locale.ROOT,
                "%s: of %d known of %d, %d peaks above the bound, median %.1f %% over the peak;"
                    + " sizes are %.1f %% over the least that does in the median; %d under-sized, %d of them known%s%n",
                protocol.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                figures.known(),
                figures.trials(),
                figures.peakAboveBound(),
                100 * figures.medianOverPeak(),
                100 * figures.medianOverLeast(),
                figures.underSized(),
                figures.underSizedKnown(),
                figures.worst().isEmpty() ? "" : " " + figures.worst());
      }
    }
    if (json.isAsked()) {
      spec.commandLine().getOut().println(JsonOption.written(report));
    }
    spec.commandLine().getOut().flush();
    return 0;
  }

  private static Map<String, Object> tree(Figures figures) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("trials", figures.trials());
    tree.put("known", figures.known());
    tree.put("peaks_above_bound", figures.peakAboveBound());
    tree.put("median_over_peak", JsonOption.finite(figures.medianOverPeak()));
    tree.put("median_over_least", JsonOption.finite(figures.medianOverLeast()));
    tree.put("under_sized", figures.underSized());
    tree.put("under_sized_known", figures.underSizedKnown());
    tree.put("workloads", figures.worst());
    return tree;
  }
}
