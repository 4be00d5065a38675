package dev.tributary.predictor.online;

import dev.tributary.predictor.memory.ExecutorMemory;
import dev.tributary.predictor.model.JobModel;
import dev.tributary.predictor.model.Prediction;
import dev.tributary.predictor.run.Cluster;
import dev.tributary.predictor.run.Run;
import dev.tributary.predictor.runtime.LoadForecast;
import dev.tributary.predictor.runtime.LoadForecast.Method;
import dev.tributary.predictor.runtime.LoadForecast.Observation;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The inputs of a job's next run: those that are given, and of the latest run's others a forecast
 * each. {@link LoadForecast} tells the hour of day or of week where that was nearer on the runs so
 * far than the last value; without times of start, or with values that are not above 0, it is the
 * last value.
 *
 * @param values all of them, by name
 * @param forecasts those that nobody gave, by name
 */
public record NextInputs(Map<String, Double> values, List<Forecast> forecasts) {
  private static final int MOST_OBSERVED = 200;

  /** Copies. */
  public NextInputs {
    values = Map.copyOf(values);
    forecasts = List.copyOf(forecasts);
  }

  /**
   * One input that nobody gave.
   *
   * @param value in the unit of the runs
   * @param error mean absolute relative error of the method on the runs so far, 0 upwards; 0 where
   *     it was not tested
   * @param tested whether there were runs to test it on: with one run there are none
   */
  public record Forecast(String input, double value, Method method, double error, boolean tested) {
    /** Its members and the clause, as they go into JSON. */
    public Map<String, Object> tree() {
      Map<String, Object> tree = new LinkedHashMap<>();
      tree.put("input", input);
      tree.put("value", value);
      tree.put("method", method.name().toLowerCase(Locale.ROOT));
      tree.put("error", error);
      tree.put("reason", text());
      return tree;
    }

    /** One clause, e.g. {@code rows = 12000 by the hour of day, off by 8 % on the runs so far}. */
    public String text() {
      String how =
          switch (method) {
            case LAST_VALUE -> "as in the latest run";
            case HOUR_OF_DAY -> "by the hour of day";
            case HOUR_OF_WEEK -> "by the hour and the weekday";
          };
      String off =
          tested
              ? String.format(Locale.ROOT, "off by %.0f %% on the runs so far", 100 * error)
              : "not tested: one run is known";
      return "%s = %s %s, %s".formatted(input, number(value), how, off);
    }

    /** Six digits that count, without zeros after the point. */
    private static String number(double value) {
      if (value == 0) {
        return "0";
      }
      BigDecimal rounded = new BigDecimal(value, new MathContext(6)).stripTrailingZeros();
      boolean readable = Math.abs(value) < 1e15 && Math.abs(value) > 1e-6;
      return readable ? rounded.toPlainString() : rounded.toString();
    }
  }

  /**
   * The inputs of the run that starts at an instant.
   *
   * @param runs of the job, in any order; with none nothing is forecast
   * @param given by whoever asks
   * @param when the run is to start; hours are those of UTC
   */
  public static NextInputs of(List<Run> runs, Map<String, Double> given, Instant when) {
    Map<String, Double> values = new HashMap<>(given);
    List<Forecast> forecasts = new ArrayList<>();
    List<Run> ordered = runs.stream().sorted(Run.BY_START).toList();
    if (!ordered.isEmpty()) {
      for (String input : new TreeMap<>(ordered.get(ordered.size() - 1).inputs()).keySet()) {
        if (!given.containsKey(input)) {
          Forecast forecast = forecast(input, ordered, when);
          forecasts.add(forecast);
          values.put(input, forecast.value());
        }
      }
    }
    return new NextInputs(values, forecasts);
  }

  private static Forecast forecast(String input, List<Run> ordered, Instant when) {
    List<Run> having = ordered.stream().filter(run -> run.inputs().containsKey(input)).toList();
    List<Run> latest = having.subList(Math.max(0, having.size() - MOST_OBSERVED), having.size());
    double[] sizes = latest.stream().mapToDouble(run -> run.inputs().get(input)).toArray();
    boolean timed =
        latest.stream()
            .allMatch(
                run ->
                    run.started().map(at -> at.isBefore(when)).orElse(false)
                        && run.inputs().get(input) > 0);
    boolean constant = Arrays.stream(sizes).distinct().count() == 1;
    if (constant || !timed) {
      return new Forecast(
          input, sizes[sizes.length - 1], Method.LAST_VALUE, change(sizes), sizes.length > 1);
    }
    LoadForecast next =
        LoadForecast.next(
            latest.stream()
                .map(run -> new Observation(run.started().orElseThrow(), run.inputs().get(input)))
                .toList(),
            when,
            ZoneOffset.UTC);
    double error = next.backTestError();
    return new Forecast(
        input,
        next.value(),
        next.method(),
        Double.isNaN(error) ? change(sizes) : error,
        sizes.length > 1);
  }

  /** Mean change from one run to the next, over the greater of the two. */
  private static double change(double[] sizes) {
    double sum = 0;
    for (int i = 1; i < sizes.length; i++) {
      double greater = Math.max(Math.abs(sizes[i]), Math.abs(sizes[i - 1]));
      sum += greater > 0 ? Math.abs(sizes[i] - sizes[i - 1]) / greater : 0;
    }
    return sizes.length < 2 ? 0 : sum / (sizes.length - 1);
  }

  /** What is said of the forecasts; empty where all inputs were given. */
  public String text() {
    return forecasts.stream().map(Forecast::text).collect(Collectors.joining("; "));
  }

  /**
   * The model with intervals that count the forecasts' errors too. An error is taken as Laplace
   * distributed, whose quantile is the mean absolute error times −ln(1 − confidence); what the
   * prediction changes by at either end of it is added to the half interval as the root of the sum
   * of squares, both as logarithms.
   *
   * <p>A model that sizes executors still does: what suffices is the greater of what does for the
   * forecast and for inputs at the upper end of its error.
   *
   * @param model of a quantity above 0, asked for {@link #values} only
   */
  public JobModel widened(JobModel model) {
    if (forecasts.stream().allMatch(one -> one.error() == 0)) {
      return model;
    }
    Widened widened = new Widened(model, this);
    return model instanceof ExecutorMemory memory ? new WidenedMemory(memory, widened) : widened;
  }

  /** Inputs times the exponential of their forecasts' errors so many times. */
  private Map<String, Double> moved(Map<String, Double> inputs, double reach) {
    Map<String, Double> moved = new HashMap<>(inputs);
    forecasts.forEach(
        one -> moved.computeIfPresent(one.input(), (k, v) -> v * Math.exp(reach * one.error())));
    return moved;
  }

  /** How many mean absolute errors a Laplace distribution reaches at this confidence. */
  private static double reach(double confidence) {
    return -Math.log(1 - confidence);
  }

  private record WidenedMemory(ExecutorMemory model, Widened widened) implements ExecutorMemory {
    @Override
    public Prediction predict(Cluster cluster, Map<String, Double> inputs, double confidence) {
      return widened.predict(cluster, inputs, confidence);
    }

    @Override
    public double sufficientMb(Cluster cluster, Map<String, Double> inputs, double confidence) {
      return Math.max(
          model.sufficientMb(cluster, inputs, confidence),
          model.sufficientMb(cluster, widened.next().moved(inputs, reach(confidence)), confidence));
    }
  }

  private record Widened(JobModel model, NextInputs next) implements JobModel {
    @Override
    public Prediction predict(Cluster cluster, Map<String, Double> inputs, double confidence) {
      Prediction sure = model.predict(cluster, inputs, confidence);
      double expected = sure.expected();
      if (!(expected > 0)) {
        return sure;
      }
      double reach = reach(confidence);
      double more = model.predict(cluster, next.moved(inputs, reach), confidence).expected();
      double less = model.predict(cluster, next.moved(inputs, -reach), confidence).expected();
      double most = Math.log(Math.max(Math.max(more, less), expected) / expected);
      double least = Math.log(Math.min(Math.min(more, less), expected) / expected);
      double above = Math.log(sure.upper() / expected);
      double below =
          sure.lower() > 0 ? Math.log(sure.lower() / expected) : Double.NEGATIVE_INFINITY;
      return new Prediction(
          expected,
          expected * Math.exp(-Math.hypot(below, least)),
          expected * Math.exp(Math.hypot(above, most)),
          confidence,
          sure.known(),
          sure.model(),
          sure.reason().replaceFirst("\\.$", "") + "; forecast: " + next.text());
    }
  }
}
