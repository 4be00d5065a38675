package dev.tributary.predictor.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.predictor.PredictorException;
import dev.tributary.predictor.selection.Backtest;
import dev.tributary.predictor.selection.MeasuredTable;
import dev.tributary.predictor.selection.RecurringBill;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code predictor backtest}: how good the choice of a configuration is on a table of measured
 * jobs, one row a job and configuration. See {@link Backtest} and {@link RecurringBill} for what
 * the figures are.
 */
@Command(
    name = "backtest",
    description = "Measures the choice of a configuration on a table of measured jobs.",
    mixinStandardHelpOptions = true)
public final class BacktestCommand implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private JsonOption json;

  @Option(names = "--runs", required = true, description = "Table with a header.")
  private Path runs;

  @Option(names = "--job", defaultValue = "job", description = "Column of the job's name.")
  private String job;

  @Option(
      names = "--algorithm",
      defaultValue = "",
      description = "Column of what is left out as a whole; default: the job.")
  private String algorithm;

  @Option(
      names = "--config",
      split = ",",
      required = true,
      description = "Columns that name a configuration.")
  private List<String> config;

  @Option(names = "--cost", defaultValue = "cost_usd", description = "Column of the cost.")
  private String cost;

  @Option(names = "--runtime", defaultValue = "runtime_s", description = "Column, seconds.")
  private String runtime;

  @Option(
      names = "--completed",
      defaultValue = "",
      description = "Column, 1 or 0; default: rows with a cost completed.")
  private String completed;

  @Option(
      names = "--recurrences",
      defaultValue = "30",
      description = "Runs a job in the whole bill, at least 1 (default ${DEFAULT-VALUE}).")
  private int recurrences;

  @Option(
      names = "--deadline-factor",
      defaultValue = "3",
      description =
          "Deadline over the job's fastest measured runtime, at least 1 (default ${DEFAULT-VALUE}).")
  private double deadlineFactor;

  @Option(names = "--picks", description = "File to write what was picked to, a row a job.")
  private Path picks;

  @Override
  public void run() {
    if (recurrences < 1 || !(deadlineFactor >= 1)) {
      throw PredictorException.usage(
          "--recurrences %d and --deadline-factor %s cannot be"
              .formatted(recurrences, deadlineFactor),
          "a job runs at least once and no deadline lies below the fastest run",
          "give values of at least 1");
    }
    MeasuredTable table =
        MeasuredTable.read(
            runs, new MeasuredTable.Columns(job, algorithm, config, cost, runtime, completed));
    List<Backtest.Row> rows = Backtest.run(table);
    if (rows.isEmpty()) {
      throw PredictorException.usage(
          "%s has no job to choose for".formatted(runs),
          "every job is of the same algorithm, or none completed",
          "give jobs of at least two algorithms");
    }
    Optional<RecurringBill.Comparison> bill =
        new RecurringBill(table, recurrences, deadlineFactor).compare();
    if (picks != null) {
      writePicks(rows);
    }
    PrintWriter out = spec.commandLine().getOut();
    ObjectNode report = report(rows, bill);
    if (json.isAsked()) {
      out.println(JsonOption.written(report));
    } else {
      print(out, rows, report);
    }
    out.flush();
  }

  private ObjectNode report(List<Backtest.Row> rows, Optional<RecurringBill.Comparison> bill) {
    ObjectNode report = JsonOption.MAPPER.createObjectNode();
    report.put("jobs", rows.size());
    ObjectNode left = report.putObject("leave_algorithm_out");
    JsonOption.putFinite(left, "mean", mean(rows, Backtest.Row::overOptimum));
    JsonOption.putFinite(left, "worst", worst(rows));
    left.put("unfinished", rows.stream().filter(r -> !r.pick().completed()).count());
    ObjectNode search = report.putObject("search");
    for (int i = 0; i < Backtest.LEVELS.size(); i++) {
      int level = i;
      search.put(
          "runs_to_" + Backtest.LEVELS.get(i),
          rows.stream().mapToInt(r -> r.runsTo().get(level)).average().orElseThrow());
    }
    ObjectNode baselines = report.putObject("baselines");
    JsonOption.putFinite(
        baselines, "best_fixed_mean", mean(rows, Backtest.Row::bestFixedOverOptimum));
    baselines.put(
        "best_fixed_unfinished",
        rows.stream().filter(r -> Double.isNaN(r.bestFixedOverOptimum())).count());
    baselines.put("random_mean", mean(rows, Backtest.Row::randomOverOptimum));
    ObjectNode whole = report.putObject("bill");
    bill.ifPresent(b -> putBill(whole, b));
    ArrayNode each = report.putArray("rows");
    rows.forEach(row -> putRow(each.addObject(), row));
    return report;
  }

  private void putBill(ObjectNode node, RecurringBill.Comparison bill) {
    node.put("recurrences", recurrences);
    node.put("deadline_factor", deadlineFactor);
    node.put(
        "definition",
        "each job runs %d times, deadline %s x its fastest measured runtime; ours starts on the best"
                .formatted(recurrences, deadlineFactor)
            + " fixed cluster of the other algorithms' jobs and pays for its exploratory runs;"
            + " best fixed is chosen with hindsight among clusters that keep most deadlines");
    putBill(node.putObject("ours"), bill.ours());
    ObjectNode medium = node.putObject("static_medium");
    medium.put("config", String.join(" x ", bill.medium()));
    putBill(medium, bill.mediumBill());
    ObjectNode inTime = node.putObject("static_medium_in_time");
    inTime.put("config", String.join(" x ", bill.inTime()));
    putBill(inTime, bill.inTimeBill());
    ObjectNode fixed = node.putObject("best_fixed");
    fixed.put("config", String.join(" x ", bill.fixed()));
    putBill(fixed, bill.fixedBill());
    ObjectNode median = node.putObject("static_median_bill");
    median.put("config", String.join(" x ", bill.median()));
    putBill(median, bill.medianBill());
    putBill(node.putObject("oracle"), bill.oracle());
    node.put("saved_against_medium", 1 - bill.ours().cost() / bill.mediumBill().cost());
    node.put("saved_against_medium_in_time", 1 - bill.ours().cost() / bill.inTimeBill().cost());
    node.put("saved_against_best_fixed", 1 - bill.ours().cost() / bill.fixedBill().cost());
    node.put("saved_against_median_bill", 1 - bill.ours().cost() / bill.medianBill().cost());
    node.put("oracle_saves_against_medium", 1 - bill.oracle().cost() / bill.mediumBill().cost());
    node.put("oracle_saves_against_best_fixed", 1 - bill.oracle().cost() / bill.fixedBill().cost());
  }

  private static void putBill(ObjectNode node, RecurringBill.Bill bill) {
    node.put("cost", bill.cost());
    node.put("mean_over_optimum", bill.meanOverOptimum());
    node.put("deadlines_missed", bill.missed());
    node.put("runs", bill.runs());
  }

  private void putRow(ObjectNode node, Backtest.Row row) {
    node.put("job", row.job());
    for (int i = 0; i < config.size(); i++) {
      node.put(config.get(i), row.pick().candidate().key().get(i));
    }
    node.put("completed", row.pick().completed());
    JsonOption.putFinite(node, "over_optimum", row.overOptimum());
    JsonOption.putFinite(node, "best_fixed_over_optimum", row.bestFixedOverOptimum());
    node.put("random_over_optimum", row.randomOverOptimum());
    ArrayNode runsTo = node.putArray("runs_to");
    row.runsTo().forEach(runsTo::add);
  }

  private void print(PrintWriter out, List<Backtest.Row> rows, ObjectNode report) {
    for (Backtest.Row row : rows) {
      out.println(
          String.format(
              Locale.ROOT,
              "%-30s %-18s %6.3f  runs to 1.2/1.1/1.0: %s",
              row.job(),
              String.join(" x ", row.pick().candidate().key()),
              row.overOptimum(),
              row.runsTo().stream().map(String::valueOf).collect(Collectors.joining("/"))));
    }
    ObjectNode summary = report.deepCopy();
    summary.remove("rows");
    out.println(JsonOption.written(summary));
  }

  private void writePicks(List<Backtest.Row> rows) {
    List<String> lines = new ArrayList<>();
    lines.add("job," + String.join(",", config) + ",cost,optimum,completed");
    for (Backtest.Row row : rows) {
      List<String> values = new ArrayList<>(List.of(row.job()));
      values.addAll(row.pick().candidate().key());
      values.add(row.pick().completed() ? Double.toString(row.pick().cost()) : "");
      values.add(Double.toString(row.optimum()));
      values.add(row.pick().completed() ? "1" : "0");
      lines.add(OutputFile.csv(values));
    }
    OutputFile.write(picks, lines);
  }

  private static double mean(List<Backtest.Row> rows, ToDoubleFunction<Backtest.Row> value) {
    return rows.stream().mapToDouble(value).filter(Double::isFinite).average().orElse(Double.NaN);
  }

  private static double worst(List<Backtest.Row> rows) {
    return rows.stream()
        .mapToDouble(Backtest.Row::overOptimum)
        .filter(Double::isFinite)
        .max()
        .orElse(Double.NaN);
  }
}
