package dev.tributary.predictor.cli;

import dev.tributary.predictor.PredictorException;
import dev.tributary.predictor.online.NextInputs;
import dev.tributary.predictor.output.FrontierPlot;
import dev.tributary.predictor.output.PlatformFile;
import dev.tributary.predictor.output.RecommendationJson;
import dev.tributary.predictor.output.RecommendationText;
import dev.tributary.predictor.price.Prices;
import dev.tributary.predictor.recommend.Constraints;
import dev.tributary.predictor.recommend.ConstraintsFile;
import dev.tributary.predictor.recommend.GivenInputs;
import dev.tributary.predictor.recommend.JobModels;
import dev.tributary.predictor.recommend.ModelSource;
import dev.tributary.predictor.recommend.Platform;
import dev.tributary.predictor.recommend.Recommendation;
import dev.tributary.predictor.recommend.Recommender;
import dev.tributary.predictor.recommend.Request;
import dev.tributary.predictor.run.Run;
import dev.tributary.predictor.service.PredictorApi;
import dev.tributary.predictor.service.Recommended;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code predictor recommend}: the cluster for the next run of a job. Exits 0 with advice and 3
 * where nothing fits.
 */
@Command(
    name = "recommend",
    description = {
      "Recommend the cheapest cluster for a job's next run that meets the deadline.",
      "Prints the platform's configuration to standard output and the reasons to standard error;"
          + " with --json one object with both. Exits 3 where nothing fits."
    },
    mixinStandardHelpOptions = true)
public final class RecommendCommand implements Callable<Integer> {
  /** Exit code where nothing fits. */
  public static final int NO_ADVICE = 3;

  private final ModelSource models;

  @Spec private CommandSpec spec;

  @Mixin private RunSource source;
  @Mixin private JsonOption json;

  @Option(names = "--job", paramLabel = "NAME", required = true, description = "The job")
  private String job;

  @Option(
      names = "--input",
      paramLabel = "NAME=NUMBER",
      description =
          "An input of the next run. Default: forecast by the hour or the weekday where that was"
              + " nearer so far than the latest run's")
  private Map<String, Double> inputs = new HashMap<>();

  @Option(
      names = "--starts",
      paramLabel = "TIME",
      description =
          "When the run is to start, for what is forecast, e.g. 2026-01-31T08:00:00Z. Default: now")
  private Optional<Instant> starts = Optional.empty();

  @Option(
      names = "--deadline",
      paramLabel = "DURATION",
      description =
          "Within what the run is to end, e.g. PT30M. Default: none; with --data no slower than it was")
  private Optional<Duration> deadline = Optional.empty();

  @Option(
      names = "--confidence",
      paramLabel = "P",
      description = "Probability asked of the bounds. Default: what the constraints name; else 0.9")
  private Optional<Double> confidence = Optional.empty();

  @Option(
      names = "--prices",
      paramLabel = "FILE",
      description =
          "YAML or CSV over the shipped prices:"
              + " type,vcpu,memory_gb,on_demand,spot,interruption_rate")
  private Optional<Path> prices = Optional.empty();

  @Option(
      names = "--constraints",
      paramLabel = "FILE",
      description = "YAML: types, workers, memory, cost, what is enforced")
  private Optional<Path> constraints = Optional.empty();

  @Option(
      names = "--output",
      paramLabel = "PLATFORM",
      defaultValue = "spark-submit",
      description =
          "spark-submit, databricks, emr, dataproc or kubernetes. Default: ${DEFAULT-VALUE}")
  private String output;

  @Option(names = "--candidates", description = "With --json: every candidate with its verdict")
  private boolean candidates;

  @Option(
      names = "--plot",
      paramLabel = "FILE",
      description = "Write the cost–time frontier there, as .svg or .html")
  private Optional<Path> plot = Optional.empty();

  /** With the models of this build. */
  public RecommendCommand() {
    this(Models.source());
  }

  RecommendCommand(ModelSource models) {
    this.models = models;
  }

  @Override
  public Integer call() {
    Optional<Path> store = source.store();
    Recommended answered = store.isPresent() ? stored(store.get()) : fitted();
    plot.ifPresent(file -> plot(answered.recommendation(), file));
    print(answered);
    return answered.recommendation() instanceof Recommendation.NoAdvice ? NO_ADVICE : 0;
  }

  private Constraints asked(Constraints otherwise) {
    return constraints
        .map(file -> ConstraintsFile.read(file, otherwise.confidence()))
        .orElse(otherwise)
        .with(
            deadline,
            confidence.isPresent() ? OptionalDouble.of(confidence.get()) : OptionalDouble.empty());
  }

  /** What the service answers. */
  private Recommended stored(Path store) {
    Constraints asked = asked(PredictorApi.unconstrained());
    Platform platform = Platform.of(output);
    return StoreOptions.ask(
        store, prices, api -> api.recommendation(job, inputs, starts, asked, platform));
  }

  private Recommended fitted() {
    Constraints asked = asked(Constraints.NONE);
    Platform platform = Platform.of(output);
    Prices list = prices.map(Prices::withFile).orElseGet(Prices::shipped);
    List<Run> known = source.read();
    List<Run> own = new Request(job, known, Optional.empty(), asked, platform).runs();
    checkInputs(own);
    NextInputs next = NextInputs.of(own, inputs, starts.orElseGet(Instant::now));
    Optional<Map<String, Double>> values =
        Optional.of(next.values()).filter(found -> !found.isEmpty());
    Recommender recommender = new Recommender(list, runs -> widened(models.models(runs), next));
    return new Recommended(
        recommender.recommend(new Request(job, known, values, asked, platform)), next);
  }

  private void checkInputs(List<Run> own) {
    GivenInputs.wrong(inputs, own)
        .ifPresent(
            wrong -> {
              throw PredictorException.usage(
                  "--input %s is refused for job '%s'".formatted(wrong.input(), job),
                  wrong.problem(),
                  wrong.fix());
            });
  }

  private static JobModels widened(JobModels fitted, NextInputs next) {
    return new JobModels(
        next.widened(fitted.runtime()), fitted.memory().map(next::widened), fitted.cpu());
  }

  private void print(Recommended answered) {
    Recommendation answer = answered.recommendation();
    PrintWriter out = spec.commandLine().getOut();
    if (json.isAsked()) {
      Map<String, Object> tree = RecommendationJson.of(answer, candidates);
      if (!answered.inputs().forecasts().isEmpty()) {
        tree.put(
            "input_forecasts",
            answered.inputs().forecasts().stream().map(NextInputs.Forecast::tree).toList());
      }
      out.println(JsonOption.written(tree));
    } else {
      PrintWriter err = spec.commandLine().getErr();
      err.println(RecommendationText.of(answer));
      if (!answered.inputs().forecasts().isEmpty()) {
        err.println("inputs forecast: " + answered.inputs().text());
      }
      err.flush();
      if (answer instanceof Recommendation.Advice advice) {
        out.println(PlatformFile.text(advice));
      }
    }
    out.flush();
  }

  private static void plot(Recommendation answer, Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (!name.endsWith(".svg") && !name.endsWith(".html")) {
      throw PredictorException.usage(
          "The plot cannot be written to " + file,
          "its suffix is neither .svg nor .html",
          "give a file with one of them");
    }
    OutputFile.write(file, FrontierPlot.of(answer, name.endsWith(".html")));
  }
}
