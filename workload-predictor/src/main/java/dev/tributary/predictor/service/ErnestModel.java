package dev.tributary.predictor.service;

import dev.tributary.predictor.model.JobModel;
import dev.tributary.predictor.model.Prediction;
import dev.tributary.predictor.run.Cluster;
import dev.tributary.predictor.run.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Ernest (Venkataraman et al., NSDI 2016): a non-negative sum of 1, work/cores, log(cores) and
 * cores, fitted to relative errors; work is one term for each input that is above 0 in all runs.
 * Intervals are quantiles of leave-one-out log errors (jackknife), beside two made-up errors of a
 * factor 2, so that few runs give wide intervals. A censored run counts as a lower bound: it enters
 * the fit only where the fit without it lies below.
 */
final class ErnestModel implements JobModel {
  static final String NAME = "ernest";
  private static final double PRIOR_ERROR = Math.log(2);
  private static final int PRIOR_RUNS = 2;
  private static final double REACH = 1.5;
  private static final int MOST_LEFT_OUT = 100;

  private final Quantity quantity;
  private final List<Run> runs;
  private final List<String> inputs;
  private final double[] scale;
  private final double[] coefficients;
  private final double[] errors;

  private ErnestModel(Quantity quantity, List<Run> runs, List<Run> fitted) {
    this.quantity = quantity;
    this.runs = runs;
    this.inputs = usable(fitted);
    this.scale = scale(fitted);
    this.coefficients = solve(fitted, -1, new double[4 + 2 * inputs.size()]);
    this.errors = leaveOneOut(fitted);
  }

  /**
   * Fits the runs in which the quantity was measured.
   *
   * @return empty where there is none
   */
  static Optional<JobModel> fit(List<Run> runs, Quantity quantity) {
    List<Run> measured = runs.stream().filter(run -> quantity.of(run).isPresent()).toList();
    List<Run> finished = measured.stream().filter(run -> run.outcome().isFinished()).toList();
    if (measured.isEmpty()) {
      return Optional.empty();
    }
    if (finished.isEmpty()) {
      return Optional.of(new ErnestModel(quantity, measured, measured));
    }
    ErnestModel plain = new ErnestModel(quantity, finished, finished);
    List<Run> all = new ArrayList<>(finished);
    for (Run run : measured) {
      if (!run.outcome().isFinished() && plain.expected(run) < quantity.of(run).getAsDouble()) {
        all.add(run);
      }
    }
    return Optional.of(
        all.size() == finished.size() ? plain : new ErnestModel(quantity, finished, all));
  }

  @Override
  public Prediction predict(Cluster cluster, Map<String, Double> given, double confidence) {
    double expected = value(cluster, given, coefficients);
    Optional<String> unknown = unknown(cluster, given);
    double reach = Math.exp(quantile(confidence) * (unknown.isPresent() ? 2 : 1));
    double most = quantity == Quantity.CPU_UTILISATION ? 1 : Double.MAX_VALUE;
    expected = Math.min(expected, most);
    return new Prediction(
        expected,
        expected / reach,
        Math.min(expected * reach, most),
        confidence,
        unknown.isEmpty(),
        NAME,
        unknown.orElseGet(
            () ->
                "Ernest over %d runs, this cluster and input among them.".formatted(runs.size())));
  }

  private double expected(Run run) {
    return value(run.cluster(), run.inputs(), coefficients);
  }

  private double value(Cluster cluster, Map<String, Double> given, double[] of) {
    double[] terms = terms(cluster, given);
    double sum = 0;
    for (int i = 0; i < terms.length; i++) {
      sum += of[i] * terms[i];
    }
    return Math.max(sum, Double.MIN_NORMAL);
  }

  private double[] terms(Cluster cluster, Map<String, Double> given) {
    double cores = cluster.cores();
    double[] terms = new double[4 + 2 * inputs.size()];
    terms[0] = 1;
    terms[1] = 1 / cores;
    terms[2] = Math.log(cores);
    terms[3] = cores;
    for (int i = 0; i < inputs.size(); i++) {
      double work = Math.max(0, given.getOrDefault(inputs.get(i), scale[i])) / scale[i];
      terms[4 + 2 * i] = work / cores;
      terms[5 + 2 * i] = work;
    }
    return terms;
  }

  private double[] solve(List<Run> fitted, int without, double[] start) {
    List<double[]> rows = new ArrayList<>();
    for (int i = 0; i < fitted.size(); i++) {
      if (i != without) {
        Run run = fitted.get(i);
        double actual = quantity.of(run).getAsDouble();
        rows.add(Arrays.stream(terms(run.cluster(), run.inputs())).map(t -> t / actual).toArray());
      }
    }
    double[] ones = new double[rows.size()];
    Arrays.fill(ones, 1);
    return NonNegativeLeastSquares.solve(rows.toArray(double[][]::new), ones, start);
  }

  /** Absolute log errors of every run by the fit to the others, the latest runs only. */
  private double[] leaveOneOut(List<Run> fitted) {
    int first = Math.max(0, fitted.size() - MOST_LEFT_OUT);
    int last = fitted.size() == 1 ? first : fitted.size();
    List<Double> all = new ArrayList<>();
    for (int i = first; i < last; i++) {
      Run run = fitted.get(i);
      double predicted = value(run.cluster(), run.inputs(), solve(fitted, i, coefficients));
      all.add(Math.abs(Math.log(predicted / quantity.of(run).getAsDouble())));
    }
    for (int i = 0; i < PRIOR_RUNS; i++) {
      all.add(PRIOR_ERROR);
    }
    return all.stream().mapToDouble(Double::doubleValue).sorted().toArray();
  }

  private double quantile(double confidence) {
    int rank = (int) Math.ceil((errors.length + 1) * confidence);
    return rank <= errors.length ? errors[rank - 1] : 2 * errors[errors.length - 1];
  }

  private List<String> usable(List<Run> fitted) {
    TreeSet<String> names = new TreeSet<>();
    fitted.forEach(run -> names.addAll(run.inputs().keySet()));
    names.removeIf(
        name -> fitted.stream().anyMatch(run -> !(run.inputs().getOrDefault(name, 0.0) > 0)));
    names.removeIf(
        name -> fitted.stream().map(run -> run.inputs().get(name)).distinct().count() < 2);
    return List.copyOf(names);
  }

  private double[] scale(List<Run> fitted) {
    return inputs.stream()
        .mapToDouble(
            name ->
                fitted.stream().mapToDouble(run -> run.inputs().get(name)).average().orElseThrow())
        .toArray();
  }

  /** Why a question lies outside of the runs; empty where it does not. */
  private Optional<String> unknown(Cluster cluster, Map<String, Double> given) {
    if (runs.stream().noneMatch(run -> run.outcome().isFinished())) {
      return Optional.of("No run of the job has finished.");
    }
    if (runs.stream().noneMatch(run -> run.cluster().machineType().equals(cluster.machineType()))) {
      return Optional.of("No run on machine type " + cluster.machineType() + " is known.");
    }
    double[] cores = runs.stream().mapToDouble(run -> run.cluster().cores()).toArray();
    Optional<String> far = outside("cores", cluster.cores(), cores);
    for (int i = 0; far.isEmpty() && i < inputs.size(); i++) {
      String name = inputs.get(i);
      if (!given.containsKey(name)) {
        return Optional.of("The input '" + name + "' is not given; its mean was taken.");
      }
      far =
          outside(
              name,
              given.get(name),
              runs.stream().mapToDouble(run -> run.inputs().getOrDefault(name, 0.0)).toArray());
    }
    return far;
  }

  private static Optional<String> outside(String name, double value, double[] seen) {
    double least = Arrays.stream(seen).min().orElse(value);
    double most = Arrays.stream(seen).max().orElse(value);
    return value < least / REACH || value > most * REACH
        ? Optional.of(
            "%s = %s lies outside of what was seen, %s to %s.".formatted(name, value, least, most))
        : Optional.empty();
  }
}
