package dev.tributary.predictor.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.predictor.PredictorException;
import dev.tributary.predictor.evaluation.DeadlineChoice;
import dev.tributary.predictor.evaluation.Evaluation;
import dev.tributary.predictor.evaluation.EvaluationReport;
import dev.tributary.predictor.evaluation.EvaluationRequest;
import dev.tributary.predictor.evaluation.PredictedRow;
import dev.tributary.predictor.evaluation.Protocol;
import dev.tributary.predictor.model.Prediction;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code predictor evaluate}: how well runtime is predicted on a table of measured runs. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Measures the runtime models on a table of runs (TSV, CSV or |, a header line, a row a run).",
      "Repetitions of a configuration count once, with their median. One machine type a job: where"
          + " the table has several (machine_type, instance_type, vm_type, node_type, machine, vm)"
          + " and neither --features nor --filter names the column, the one with most rows is kept,"
          + " of equals the first by name. Any other column that is not named and has one value in"
          + " 75 %% of the rows is held at it. What was held is printed.",
    })
public final class EvaluateCommand implements Runnable {
  private static final double BOUND_CONFIDENCE = 0.6;

  @Spec private CommandSpec spec;
  @Mixin private JsonOption json;

  @Option(names = "--runs", required = true, description = "Table of runs.")
  private Path runs;

  @Option(names = "--target", required = true, description = "Column to predict, above 0.")
  private String target;

  @Option(names = "--scale-out", required = true, description = "Column: number of machines.")
  private String scaleOut;

  @Option(
      names = "--features",
      required = true,
      split = ",",
      description = "Columns known before a run; text columns become indicators.")
  private List<String> features;

  @Option(
      names = "--context",
      split = ",",
      description =
          "Columns that set contexts apart. Default: local, all features but the scale-out and the"
              + " first other; by-context, all features but the scale-out.")
  private List<String> context = List.of();

  @Option(names = "--filter", description = "Rows kept: column=value; repeatable.")
  private Map<String, String> filters = Map.of();

  @Option(
      names = "--protocol",
      defaultValue = "random-split",
      description = {
        "random-split: a tenth of the configurations, rounded up, is test.",
        "local: the same inside one context; the splits go round the contexts.",
        "availability: training on 3, 6, … 30 configurations, --splits of each, test on the rest.",
        "by-context: each context held out once. Each of its configurations sets a deadline, 1.05 x"
            + " its actual runtime; chosen among the context's scale-outs is, of those whose upper"
            + " bound keeps it (if none: of all), the one of least machines x upper bound over"
            + " P(in time)^2.5;"
            + " the oracle knows the runtimes. Reported: share met, mean cost over oracle; with"
            + " --json also P(in time) as predicted beside what came of it.",
      })
  private String protocol;

  @Option(names = "--splits", defaultValue = "300", description = "Default: ${DEFAULT-VALUE}.")
  private int splits;

  @Option(
      names = "--confidence",
      description =
          "Of the two-sided interval. Default: 0.9; by-context 0.6, so that upper, which a"
              + " scale-out is to keep the deadline with, holds at 80 %%.")
  private Double confidence;

  @Option(names = "--seed", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--predictions",
      description = {
        "CSV written row by row: split,row,actual,predicted,lower,upper.",
        "row: the data row of the table, from 1, where the configuration is first seen.",
        "predicted: a multiple of the step of which all training values are multiples, if any.",
      })
  private Path predictions;

  @Override
  public void run() {
    EvaluationRequest request =
        new EvaluationRequest(
            runs,
            target,
            scaleOut,
            features,
            context,
            filters,
            protocol(),
            splits,
            confidence(),
            seed);
    EvaluationReport report = Evaluation.run(request);
    PrintWriter err = spec.commandLine().getErr();
    report.fixed().forEach((column, value) -> err.println("held: " + column + " = " + value));
    err.flush();
    if (predictions != null) {
      OutputFile.write(predictions, lines(report.rows()));
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(json.isAsked() ? json(request, report) : text(request, report));
    out.flush();
  }

  private double confidence() {
    if (confidence != null) {
      return confidence;
    }
    return protocol() == Protocol.BY_CONTEXT ? BOUND_CONFIDENCE : Prediction.CONFIDENCE;
  }

  private Protocol protocol() {
    return Arrays.stream(Protocol.values())
        .filter(each -> each.label().equals(protocol))
        .findFirst()
        .orElseThrow(
            () ->
                PredictorException.usage(
                    "There is no protocol '" + protocol + "'",
                    null,
                    "give one of "
                        + Arrays.stream(Protocol.values()).map(Protocol::label).toList()));
  }

  private static List<String> lines(List<PredictedRow> rows) {
    List<String> lines = new ArrayList<>(List.of("split,row,actual,predicted,lower,upper"));
    for (PredictedRow row : rows) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%d,%d,%s,%.4f,%.4f,%.4f",
              row.split(),
              row.row(),
              row.actual(),
              row.predicted(),
              row.lower(),
              row.upper()));
    }
    return lines;
  }

  private static String text(EvaluationRequest request, EvaluationReport report) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%s: %d configurations of %d runs, %d splits%nMAPE %.2f %%, %.0f %% intervals cover"
                + " %.1f %%, mean width %.1f %%",
            request.protocol().label(),
            report.configurations(),
            report.runs(),
            report.splits(),
            report.mape(),
            100 * request.confidence(),
            100 * report.coverage(),
            100 * report.intervalWidth()));
    for (EvaluationReport.TrainingSize size : report.byTrainingRows()) {
      text.append(
          String.format(
              Locale.ROOT,
              "%n%3d training rows: MAPE %.2f %%, cover %.1f %%",
              size.trainingRows(),
              size.mape(),
              100 * size.coverage()));
    }
    report.onUpperBound().ifPresent(choice -> text.append(line("upper bound", choice)));
    report.onExpected().ifPresent(choice -> text.append(line("no margin", choice)));
    return text.toString();
  }

  private static String line(String bound, DeadlineChoice choice) {
    return String.format(
        Locale.ROOT,
        "%nchosen on %s: %.1f %% of %d deadlines met (predicted: %.1f %%) at %.3f of the oracle's"
            + " cost",
        bound,
        100 * choice.met(),
        choice.deadlines(),
        100 * choice.predicted(),
        choice.costOverOracle());
  }

  private static ObjectNode json(EvaluationRequest request, EvaluationReport report) {
    ObjectNode node = JsonOption.MAPPER.createObjectNode();
    node.put("runs", request.runs().toString());
    node.put("target", request.target());
    node.put("protocol", request.protocol().label());
    node.putPOJO("features", request.features());
    ObjectNode held = node.putObject("held");
    report.fixed().forEach(held::put);
    node.put("runs_used", report.runs());
    node.put("configurations", report.configurations());
    node.put("splits", report.splits());
    node.put("mape", report.mape());
    node.put("confidence", request.confidence());
    node.put("coverage", report.coverage());
    node.put("interval_width", report.intervalWidth());
    if (!report.byTrainingRows().isEmpty()) {
      ArrayNode sizes = node.putArray("by_training_rows");
      for (EvaluationReport.TrainingSize size : report.byTrainingRows()) {
        ObjectNode each = sizes.addObject();
        each.put("training_rows", size.trainingRows());
        each.put("splits", size.splits());
        each.put("mape", size.mape());
        each.put("coverage", size.coverage());
      }
    }
    report.onUpperBound().ifPresent(choice -> choice(node.putObject("deadline"), choice));
    report
        .onExpected()
        .ifPresent(choice -> choice(node.putObject("deadline_without_margin"), choice));
    if (!report.inTime().isEmpty()) {
      node.putPOJO("in_time", report.inTime());
    }
    return node;
  }

  private static void choice(ObjectNode node, DeadlineChoice choice) {
    node.put("met", choice.met());
    node.put("cost_over_oracle", choice.costOverOracle());
    node.put("deadlines", choice.deadlines());
    node.put("predicted_met", choice.predicted());
  }
}
