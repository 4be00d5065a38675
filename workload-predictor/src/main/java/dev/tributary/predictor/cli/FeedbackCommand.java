package dev.tributary.predictor.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code predictor feedback}: outcomes into the store, without HTTP. */
@Command(
    name = "feedback",
    mixinStandardHelpOptions = true,
    description = {
      "Close a prediction by its outcome, in the store itself.",
      "The file holds what POST /v1/feedback takes; with --runs what POST /v1/runs takes."
    })
public final class FeedbackCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private StoreOptions store;

  @Option(
      names = "--runs",
      description = "The file holds runs to learn from, whether they were predicted or not")
  private boolean runs;

  @Parameters(paramLabel = "FILE", description = "JSON; - for standard input")
  private String file;

  @Override
  public Integer call() {
    JsonNode body = StoreOptions.read(file);
    JsonNode answer =
        runs ? store.ask(api -> api.addRuns(body)) : store.askKnown(api -> api.feedback(body));
    spec.commandLine().getOut().println(answer);
    return 0;
  }
}
