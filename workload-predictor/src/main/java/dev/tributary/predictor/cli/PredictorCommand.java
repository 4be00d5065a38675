package dev.tributary.predictor.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code predictor}: its subcommands. */
@Command(
    name = "predictor",
    description = "Sizes clusters before the job runs: from event logs to a recommendation.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "<command>",
    subcommands = {
      ReadCommand.class,
      RecommendCommand.class,
      MemoryCommand.class,
      ReplayCommand.class,
      EvaluateCommand.class,
      BacktestCommand.class,
      PlanCommand.class,
      FeedbackCommand.class,
      AccuracyCommand.class,
      ServeCommand.class
    })
public final class PredictorCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    CommandLine line = spec.commandLine();
    line.usage(line.getOut());
  }
}
