package dev.tributary.predictor.runtime;

import dev.tributary.predictor.model.Prediction;
import dev.tributary.predictor.runtime.GaussianProcess.LogNormal;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A model of one positive quantity over numeric features, chosen, fitted and calibrated on the rows
 * given and nothing else. Equal rows in any order give equal predictions.
 *
 * <p>Intervals come from errors on rows left out: single rows for a question whose context (all
 * features but the scale-out) was seen, whole contexts for one that was not.
 */
public final class PerformanceModel {
  private static final int FEWEST = 3;
  private static final int FEWEST_KNOWN = 4;
  private static final int FEWEST_CONTEXTS = 5;
  private static final double VAGUE = 0.35;
  private static final double IGNORANCE = 0.7;
  private static final double WIDEST = 2;
  private static final double LONGEST = 20;
  private static final int MOST_KEPT = 10_000;

  /** Parameters of a feature: fitted to few rows, they make errors on left-out rows look small. */
  private static final double PARAMETERS = 4;

  private static final Calibration UNSEEN = new Calibration(new double[0]);

  private final Design design;
  private final Extent extent;
  private final int[] active;
  private final Ensemble ensemble;
  private final Calibration seenContexts;
  private final Calibration newContexts;
  private final Set<List<Double>> contexts;
  private final Map<List<Double>, LogNormal> asked = new ConcurrentHashMap<>();

  private PerformanceModel(Design design, Function<Design, Ensemble> fitting) {
    this.design = design;
    this.extent = new Extent(design);
    this.active =
        IntStream.range(0, design.names().size())
            .filter(column -> !extent.isConstant(column))
            .toArray();
    this.contexts = new HashSet<>(design.contexts().keySet());
    boolean modelled = design.rows().length >= FEWEST && active.length > 0;
    this.ensemble = modelled ? fitting.apply(reduced(design)) : null;
    this.seenContexts = new Calibration(modelled ? residualsOfRows() : residualsOfConstant());
    double[] ofContexts = modelled ? residualsOfContexts() : new double[0];
    this.newContexts = ofContexts.length > 0 ? new Calibration(ofContexts) : seenContexts;
  }

  /**
   * Fits rows.
   *
   * @param seed of the choice of rows that forms are screened on
   */
  public static PerformanceModel fit(Design design, long seed) {
    return new PerformanceModel(design.sorted(), reduced -> Ensemble.fit(reduced, seed));
  }

  /** Fits Ernest, and nothing else, to rows. */
  static PerformanceModel fitErnest(Design design) {
    return new PerformanceModel(design.sorted(), Ensemble::ernest);
  }

  /**
   * Predicts one row.
   *
   * @param row as in the design
   * @param confidence that the interval is to cover, (0, 1); either end is missed with equal
   *     probability, so that {@code upper} holds with probability (1 + confidence) / 2
   */
  public Prediction predict(double[] row, double confidence) {
    LogNormal distribution = distribution(row);
    Calibration calibration = calibration(row);
    double inflation = Math.sqrt(1 + PARAMETERS * active.length / design.rows().length);
    double below = inflation * Math.min(0, calibration.quantile((1 - confidence) / 2));
    double above = inflation * Math.max(0, calibration.quantile((1 + confidence) / 2));
    double expected = Math.exp(distribution.mean());
    Optional<String> doubt = doubt(row, distribution);
    return new Prediction(
        expected,
        expected * Math.exp(Math.max(-LONGEST, below * distribution.deviation())),
        expected * Math.exp(Math.min(LONGEST, above * distribution.deviation())),
        confidence,
        doubt.isEmpty(),
        ensemble == null ? "mean" : ensemble.name(),
        doubt.orElse("within what %d runs span".formatted(design.rows().length)));
  }

  /** What rows alike tell of one of them they do not tell of what was never seen. */
  private Calibration calibration(double[] row) {
    if (ensemble == null) {
      return extent.outside(row).isEmpty() ? seenContexts : UNSEEN;
    }
    return contexts.contains(design.context(row)) ? seenContexts : newContexts;
  }

  /** Candidates that differ in constant features only have one distribution; it is kept. */
  private LogNormal distribution(double[] row) {
    if (ensemble == null) {
      return constant();
    }
    double[] point = reduced(row);
    List<Double> key = Arrays.stream(point).boxed().toList();
    LogNormal known = asked.get(key);
    if (known == null) {
      known = bounded(ensemble.predict(point));
      if (asked.size() < MOST_KEPT) {
        asked.put(key, known);
      }
    }
    return known;
  }

  private Optional<String> doubt(double[] row, LogNormal distribution) {
    if (design.rows().length < FEWEST_KNOWN) {
      return Optional.of("only %d runs are known".formatted(design.rows().length));
    }
    Optional<String> outside = extent.outside(row);
    if (outside.isEmpty() && distribution.deviation() > VAGUE) {
      return Optional.of(
          "the model is unsure: deviation %.0f %%".formatted(100 * distribution.deviation()));
    }
    return outside;
  }

  /**
   * No prediction farther beyond the values seen than their own range, at least a factor of 2. Far
   * outside of the rows members overflow, or lie infinitely far apart: then it is as vague as can
   * be.
   */
  private LogNormal bounded(LogNormal distribution) {
    double low = Math.log(Arrays.stream(design.target()).min().orElseThrow());
    double high = Math.log(Arrays.stream(design.target()).max().orElseThrow());
    double reach = Math.max(high - low, Math.log(2));
    double mean = Math.max(low - reach, Math.min(high + reach, distribution.mean()));
    double deviation = Math.min(distribution.deviation(), WIDEST);
    return new LogNormal(
        Double.isNaN(mean) ? high + reach : mean, Double.isNaN(deviation) ? WIDEST : deviation);
  }

  private LogNormal constant() {
    return constant(logarithms());
  }

  private double[] logarithms() {
    return Arrays.stream(design.target()).map(Math::log).toArray();
  }

  private static LogNormal constant(double[] logs) {
    double mean = Arrays.stream(logs).average().orElseThrow();
    double squares = Arrays.stream(logs).map(log -> (log - mean) * (log - mean)).sum();
    double prior = IGNORANCE * IGNORANCE;
    return new LogNormal(mean, Math.sqrt((squares + prior) / Math.max(1, logs.length)));
  }

  /** Mean absolute error of the logarithm on rows left out; infinite where none can be. */
  double leaveOneOutError() {
    if (ensemble == null) {
      return Double.POSITIVE_INFINITY;
    }
    double sum = 0;
    for (int i = 0; i < design.rows().length; i++) {
      LogNormal[] left = ensemble.withoutBlock(new int[] {i});
      sum += left == null ? 1 : Math.abs(Math.log(design.target()[i]) - left[0].mean());
    }
    return sum / design.rows().length;
  }

  private double[] residualsOfRows() {
    double[] residuals = new double[design.rows().length];
    for (int i = 0; i < residuals.length; i++) {
      LogNormal[] left = ensemble.withoutBlock(new int[] {i});
      residuals[i] = left == null ? 0 : normalised(i, left[0]);
    }
    return residuals;
  }

  /** Of the same question asked again and again; none where there is more than one question. */
  private double[] residualsOfConstant() {
    if (active.length > 0 || design.rows().length < FEWEST) {
      return new double[0];
    }
    double[] logs = logarithms();
    double[] residuals = new double[logs.length];
    for (int i = 0; i < logs.length; i++) {
      int out = i;
      double[] rest =
          IntStream.range(0, logs.length).filter(j -> j != out).mapToDouble(j -> logs[j]).toArray();
      residuals[i] = normalised(i, constant(rest));
    }
    return residuals;
  }

  private double[] residualsOfContexts() {
    if (contexts.size() < FEWEST_CONTEXTS) {
      return new double[0];
    }
    double[] residuals = new double[design.rows().length];
    for (int[] block : design.contexts().values()) {
      LogNormal[] left = ensemble.withoutBlock(block);
      for (int i = 0; i < block.length; i++) {
        residuals[block[i]] = left == null ? 0 : normalised(block[i], left[i]);
      }
    }
    return residuals;
  }

  private double normalised(int row, LogNormal left) {
    return (Math.log(design.recorded()[row]) - left.mean()) / left.deviation();
  }

  private Design reduced(Design full) {
    double[][] rows = Arrays.stream(full.rows()).map(this::reduced).toArray(double[][]::new);
    List<String> names = Arrays.stream(active).mapToObj(full.names()::get).toList();
    int scaleOut = Arrays.stream(active).boxed().toList().indexOf(full.scaleOut());
    return new Design(names, scaleOut, rows, full.target(), full.noise(), full.recorded());
  }

  private double[] reduced(double[] row) {
    return Arrays.stream(active).mapToDouble(column -> row[column]).toArray();
  }
}
