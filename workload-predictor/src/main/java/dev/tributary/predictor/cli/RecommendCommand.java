package dev.tributary.predictor.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.predictor.PredictorException;
import dev.tributary.predictor.output.FrontierPlot;
import dev.tributary.predictor.output.PlatformFile;
import dev.tributary.predictor.output.RecommendationJson;
import dev.tributary.predictor.output.RecommendationText;
import dev.tributary.predictor.price.Prices;
import dev.tributary.predictor.recommend.Constraints;
import dev.tributary.predictor.recommend.ConstraintsFile;
import dev.tributary.predictor.recommend.ModelSource;
import dev.tributary.predictor.recommend.Platform;
import dev.tributary.predictor.recommend.Recommendation;
import dev.tributary.predictor.recommend.Recommender;
import dev.tributary.predictor.recommend.Request;
import dev.tributary.predictor.recommend.RunTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
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

  @Option(
      names = "--runs",
      paramLabel = "FILE",
      required = true,
      description =
          "CSV: job,run_id,started,machine_type,workers,cores_per_worker,memory_mb_per_worker,"
              + "runtime_s,peak_memory_mb,cpu,outcome,input_*")
  private Path runs;

  @Option(names = "--job", paramLabel = "NAME", required = true, description = "The job")
  private String job;

  @Option(
      names = "--input",
      paramLabel = "NAME=NUMBER",
      description = "An input of the next run. Default: the inputs of the latest run")
  private Map<String, Double> inputs = new HashMap<>();

  @Option(
      names = "--deadline",
      paramLabel = "DURATION",
      description = "Within what the run is to end, e.g. PT30M. Default: none")
  private Optional<Duration> deadline = Optional.empty();

  @Option(
      names = "--confidence",
      paramLabel = "P",
      description = "Probability asked of the bounds. Default: 0.95")
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

  @Option(names = "--json", description = "Print one JSON object")
  private boolean json;

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
  public Integer call() throws IOException {
    Constraints asked =
        constraints
            .map(ConstraintsFile::read)
            .orElse(Constraints.NONE)
            .with(
                deadline,
                confidence.isPresent()
                    ? OptionalDouble.of(confidence.get())
                    : OptionalDouble.empty());
    Request request =
        new Request(
            job,
            RunTable.read(runs),
            inputs.isEmpty() ? Optional.empty() : Optional.of(inputs),
            asked,
            Platform.of(output));
    Prices list = prices.map(Prices::withFile).orElseGet(Prices::shipped);
    Recommendation answer = new Recommender(list, models).recommend(request);
    if (plot.isPresent()) {
      plot(answer, plot.get());
    }
    print(answer);
    return answer instanceof Recommendation.NoAdvice ? NO_ADVICE : 0;
  }

  private void print(Recommendation answer) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(new ObjectMapper().writeValueAsString(RecommendationJson.of(answer, candidates)));
    } else {
      spec.commandLine().getErr().println(RecommendationText.of(answer));
      spec.commandLine().getErr().flush();
      if (answer instanceof Recommendation.Advice advice) {
        out.println(PlatformFile.text(advice));
      }
    }
    out.flush();
  }

  private static void plot(Recommendation answer, Path file) throws IOException {
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (!name.endsWith(".svg") && !name.endsWith(".html")) {
      throw PredictorException.usage(
          "The plot cannot be written to " + file,
          "its suffix is neither .svg nor .html",
          "give a file with one of them");
    }
    Files.writeString(file, FrontierPlot.of(answer, name.endsWith(".html")));
  }
}
