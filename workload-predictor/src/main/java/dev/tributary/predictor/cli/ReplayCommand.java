package dev.tributary.predictor.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.predictor.PredictorException;
import dev.tributary.predictor.online.Replay;
import dev.tributary.predictor.online.TimeOrderedTable;
import dev.tributary.predictor.online.Verdict;
import dev.tributary.predictor.run.Run;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code predictor replay}: recorded runs in the order of time, each predicted before it is seen.
 * See {@link Replay} for what the figures are.
 */
@Command(
    name = "replay",
    description = "Replays recorded runs in the order of time: coverage, drift, false alarms.",
    mixinStandardHelpOptions = true)
public final class ReplayCommand implements Runnable {
  private static final int FEWEST_FOR_DRIFT = 30;

  @Spec private CommandSpec spec;
  @Mixin private JsonOption json;

  @Option(names = "--runs", required = true, description = "Tables with a header.", split = ",")
  private List<Path> files;

  @Option(names = "--job", defaultValue = "", description = "Column; default: a file is a job.")
  private String job;

  @Option(
      names = "--run",
      defaultValue = "",
      description = "Column that groups rows, its parts, to a run; default: a row is a run.")
  private String run;

  @Option(names = "--time", required = true, description = "Column of the start.")
  private String time;

  @Option(
      names = "--target",
      required = true,
      description = "Column of the runtime: seconds, or milliseconds where its name ends in _ms.")
  private String target;

  @Option(names = "--scale-out", required = true, description = "Column of the machines at start.")
  private String scaleOut;

  @Option(names = "--features", split = ",", description = "Columns known before a run.")
  private List<String> features = List.of();

  @Option(
      names = "--confidence",
      defaultValue = "0.9",
      description = "Probability that intervals are to cover (default ${DEFAULT-VALUE}).")
  private double confidence;

  @Option(
      names = "--inject",
      split = ",",
      defaultValue = "1.3,1.5,2",
      description = "Factors of drifts to inject (default ${DEFAULT-VALUE}).")
  private List<Double> factors;

  @Option(names = "--predictions", description = "File to write each prediction to.")
  private Path predictions;

  @Override
  public void run() {
    check();
    Map<String, List<Run>> jobs = read();
    ObjectNode report = JsonOption.MAPPER.createObjectNode();
    ArrayNode each = report.putArray("jobs");
    List<String> lines = new ArrayList<>(List.of("job,run,actual,predicted,lower,upper,drift"));
    List<Replay.Step> all = new ArrayList<>();
    jobs.forEach(
        (name, runs) -> {
          List<Replay.Step> steps = Replay.run(runs, confidence);
          all.addAll(steps);
          describe(each.addObject(), name, runs, steps);
          steps.forEach(step -> lines.add(line(step)));
        });
    report.put("confidence", confidence);
    JsonOption.putFinite(report, "coverage", Replay.coverage(all));
    if (predictions != null) {
      OutputFile.write(predictions, lines);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(json.isAsked() ? JsonOption.written(report) : report.toPrettyString());
    out.flush();
  }

  private Map<String, List<Run>> read() {
    Map<String, List<Run>> jobs = new TreeMap<>();
    Map<String, Path> sources = new HashMap<>();
    for (Path file : files) {
      TimeOrderedTable.read(
              file, new TimeOrderedTable.Columns(job, run, time, target, scaleOut, features))
          .forEach(
              (name, runs) -> {
                Path before = sources.put(name, file);
                if (before != null) {
                  throw PredictorException.usage(
                      "Job '%s' is in %s and in %s".formatted(name, before, file),
                      "a job's runs are replayed from one file",
                      job.isEmpty()
                          ? "rename one of the files, whose names are the jobs' without --job"
                          : "put the job's runs into one file");
                }
                jobs.put(name, runs);
              });
    }
    return jobs;
  }

  private void check() {
    if (!(confidence > 0 && confidence < 1) || factors.stream().anyMatch(f -> !(f > 1))) {
      throw PredictorException.usage(
          "--confidence %s or --inject %s cannot be".formatted(confidence, factors),
          "a confidence lies between 0 and 1, a drift is a factor above 1",
          "give e.g. --confidence 0.9 --inject 1.5");
    }
  }

  private void describe(ObjectNode node, String name, List<Run> runs, List<Replay.Step> steps) {
    node.put("job", name);
    node.put("runs", runs.size());
    JsonOption.putFinite(node, "coverage", Replay.coverage(steps));
    JsonOption.putFinite(node, "median_error", Replay.medianError(steps));
    ArrayNode alarms = node.putArray("alarms");
    ArrayNode changes = node.putArray("changes");
    for (Replay.Step step : steps) {
      step.verdict()
          .drift()
          .ifPresent(
              d ->
                  alarms
                      .addObject()
                      .put("run", step.verdict().run() + 1)
                      .put("drift", d.text())
                      .put("again", step.verdict().again()));
      step.verdict()
          .change()
          .ifPresent(
              c ->
                  changes.addObject().put("run", step.verdict().run() + 1).put("change", c.text()));
    }
    if (runs.size() >= FEWEST_FOR_DRIFT) {
      node.put("false_alarms_in_60", Replay.falseAlarmsInSixty(runs, confidence));
      ArrayNode injected = node.putArray("injected_drift");
      for (double factor : factors) {
        Replay.Detection detection = Replay.detect(runs, confidence, factor);
        ObjectNode one = injected.addObject();
        one.put("factor", factor);
        one.put("seen_within_5_runs", detection.seenWithinFive());
        JsonOption.putFinite(one, "median_delay", detection.medianDelay());
      }
    }
  }

  private static String line(Replay.Step step) {
    double actual = step.run().runtime().toNanos() / 1e9;
    return OutputFile.csv(
        List.of(
            step.run().job(),
            step.run().id(),
            actual,
            step.prediction().map(p -> Double.toString(p.expected())).orElse(""),
            step.prediction().map(p -> Double.toString(p.lower())).orElse(""),
            step.prediction().map(p -> Double.toString(p.upper())).orElse(""),
            step.verdict().drift().map(Verdict.Drift::text).orElse("")));
  }
}
