package dev.tributary.predictor.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code predictor plan}: a recommendation written to the store before the run, without HTTP. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description = {
      "Recommend a cluster for the next run of a job and write the prediction to the store.",
      "The file holds what POST /v1/recommend takes; 'predictor feedback' closes it."
    })
public final class PlanCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private StoreOptions store;

  @Parameters(paramLabel = "FILE", description = "JSON; - for standard input")
  private String file;

  @Override
  public Integer call() {
    JsonNode body = StoreOptions.read(file);
    spec.commandLine().getOut().println(store.askKnown(api -> api.recommend(body)));
    return 0;
  }
}
