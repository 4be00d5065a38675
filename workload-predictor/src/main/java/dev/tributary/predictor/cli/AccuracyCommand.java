package dev.tributary.predictor.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code predictor accuracy}: how far the predictions of jobs can be trusted, without HTTP. */
@Command(
    name = "accuracy",
    mixinStandardHelpOptions = true,
    description = "Show rolling error, coverage and drift of one job or of all, from the store.")
public final class AccuracyCommand implements Callable<Integer> {
  private static final int SERIES = 100;

  @Spec private CommandSpec spec;
  @Mixin private JsonOption json;
  @Mixin private StoreOptions store;

  @Parameters(arity = "0..1", paramLabel = "JOB", description = "The job; all when left out")
  private String job;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    JsonNode answer = store.askKnown(api -> job == null ? api.jobs() : api.accuracy(job, SERIES));
    if (json.isAsked()) {
      out.println(job == null ? "{\"jobs\":" + answer + "}" : answer);
      return 0;
    }
    out.printf(
        "%-32s %6s %7s %8s %6s %8s  %s%n",
        "job", "runs", "scored", "orphans", "mape", "coverage", "drift");
    for (JsonNode one : job == null ? answer : java.util.List.of(answer)) {
      out.printf(
          "%-32s %6d %7d %8d %6s %8s  %s%n",
          one.path("job").asText(),
          one.path("runs").asInt(),
          one.path("scored").asInt(),
          one.path("orphans").asInt(),
          percent(one.path("mape")),
          percent(one.path("coverage")),
          one.at("/drift/alarm").asBoolean() ? "ALARM" : "no");
    }
    out.flush();
    return 0;
  }

  private static String percent(JsonNode share) {
    return share.isMissingNode() ? "-" : "%.1f%%".formatted(100 * share.asDouble());
  }
}
