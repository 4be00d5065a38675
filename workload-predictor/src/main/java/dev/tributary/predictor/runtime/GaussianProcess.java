package dev.tributary.predictor.runtime;

import java.util.Arrays;

/**
 * Gaussian-process regression of a positive quantity, hyper-parameters at the maximum of marginal
 * likelihood times prior (Rasmussen and Williams, Gaussian Processes for Machine Learning, sections
 * 2.2 and 5.4). All results are on the scale of the logarithm of the quantity.
 *
 * <p>The noise is relative to the value and has Student's distribution with {@value #FREEDOM}
 * degrees of freedom, so that a single odd run does not bend what is said of its neighbours: by
 * expectation and maximisation, each row's variance of noise is the common one times a factor
 * (Lange, Little and Taylor 1989, section 3).
 */
final class GaussianProcess {
  /** What sets one process apart from another: where effects add up and are smooth. */
  record Form(Warp warp, Scale scaleOut, Scale others) {}

  /** A normal distribution of the logarithm of the quantity. */
  record LogNormal(double mean, double deviation) {}

  private static final double JITTER = 1e-9;
  private static final double FREEDOM = 4;
  private static final int REWEIGHTINGS = 3;
  private static final double LEAST_VARIANCE = 0.05;

  private final Form form;
  private final AnovaKernel kernel;
  private final FeatureSpace space;
  private final double[][] points;
  private final Levels levels;
  private final double unit;
  private final double center;
  private final double spread;
  private final double[] warped;
  private final double[] relative;
  private final double[] known;
  private final double[] oddness;
  private double[] parameters;
  private AnovaKernel.Covariance covariance;
  private double[][] inverse;
  private double[] weights;
  private double negativeLogPosterior;

  private GaussianProcess(Form form, Design design) {
    double[][] rows = design.rows();
    double[] target = design.target();
    this.form = form;
    this.kernel = new AnovaKernel(rows[0].length);
    this.space = new FeatureSpace(rows, design.scaleOut(), form.scaleOut(), form.others());
    this.points = space.of(rows);
    this.levels = new Levels(points);
    int count = rows.length;
    this.unit = geometricMean(target);
    this.warped = new double[count];
    this.relative = new double[count];
    this.known = design.noise();
    this.oddness = new double[count];
    Arrays.fill(oddness, 1);
    double sum = 0;
    for (int i = 0; i < count; i++) {
      warped[i] = form.warp().of(target[i] / unit);
      sum += warped[i];
    }
    this.center = sum / count;
    double squares = 0;
    for (double value : warped) {
      squares += (value - center) * (value - center);
    }
    this.spread = squares > 1e-12 ? Math.sqrt(squares / count) : 1;
    for (int i = 0; i < count; i++) {
      warped[i] = (warped[i] - center) / spread;
      relative[i] = form.warp().perRelative(target[i] / unit) / spread;
    }
  }

  /**
   * Fits hyper-parameters and then the process.
   *
   * @param start where the search starts; null for the prior's mean
   * @param iterations of the search; 0 keeps the start
   */
  static GaussianProcess fit(Form form, Design design, double[] start, int iterations) {
    GaussianProcess process = new GaussianProcess(form, design);
    double[] from = start == null ? process.kernel.priorMean() : start;
    process.search(from, iterations);
    process.reweight(REWEIGHTINGS - 1);
    if (iterations > 0) {
      process.search(process.parameters, iterations / 2);
    }
    process.reweight(1);
    return process;
  }

  private void search(double[] from, int iterations) {
    parameters =
        iterations == 0
            ? from.clone()
            : QuasiNewton.minimise(this::objective, from, iterations, 1e-3);
    condition();
  }

  /** Expectation: the factor of each row's noise from the square of its residual. */
  private void reweight(int times) {
    for (int time = 0; time < times; time++) {
      for (int i = 0; i < oddness.length; i++) {
        double common = noise(i, parameters);
        double own = common * oddness[i];
        double residual = own * weights[i];
        double square = residual * residual + Math.max(0, own - own * own * inverse[i][i]);
        oddness[i] = (FREEDOM + square / common) / (FREEDOM + 1);
      }
      condition();
    }
  }

  /** Variance of the noise of a row, on the warped scale, for a row that is not odd. */
  private double noise(int row, double[] at) {
    return kernel.noise(at) * known[row] * relative[row] * relative[row];
  }

  private static double geometricMean(double[] target) {
    double sum = 0;
    for (double value : target) {
      sum += Math.log(value);
    }
    return Math.exp(sum / target.length);
  }

  private double[][] covariance(AnovaKernel.Tables tables, double[] at) {
    int count = points.length;
    double[][] covariance = new double[count][count];
    for (int i = 0; i < count; i++) {
      for (int j = i; j < count; j++) {
        covariance[i][j] = tables.of(i, j);
      }
      covariance[i][i] += noise(i, at) * oddness[i] + JITTER;
    }
    return covariance;
  }

  private double objective(double[] at, double[] gradient) {
    AnovaKernel.Tables tables = kernel.tables(at, levels);
    SymmetricMatrix factored = SymmetricMatrix.factor(covariance(tables, at));
    if (factored == null) {
      Arrays.fill(gradient, 0);
      return Double.POSITIVE_INFINITY;
    }
    double[][] precision = factored.inverse();
    double[] alpha = SymmetricMatrix.times(precision, warped);
    double value = SymmetricMatrix.dot(warped, alpha) / 2 + factored.halfLogDeterminant();
    Arrays.fill(gradient, 0);
    double[] suffix = new double[points[0].length + 1];
    int last = gradient.length - 1;
    for (int i = 0; i < points.length; i++) {
      double diagonal = (precision[i][i] - alpha[i] * alpha[i]) / 2;
      gradient[last] += diagonal * noise(i, at) * oddness[i];
      tables.addGradient(i, i, diagonal, gradient, suffix);
      for (int j = i + 1; j < points.length; j++) {
        tables.addGradient(i, j, precision[i][j] - alpha[i] * alpha[j], gradient, suffix);
      }
    }
    return value + prior(at, gradient);
  }

  private double prior(double[] at, double[] gradient) {
    double[] mean = kernel.priorMean();
    double[] deviation = kernel.priorDeviation();
    double value = 0;
    for (int i = 0; i < at.length; i++) {
      double away = (at[i] - mean[i]) / deviation[i];
      value += away * away / 2;
      gradient[i] += away / deviation[i];
    }
    return value;
  }

  private void condition() {
    covariance = kernel.covariance(parameters);
    SymmetricMatrix factored = null;
    for (double extra = 0; factored == null; extra = extra == 0 ? 1e-8 : extra * 10) {
      double[][] matrix = covariance(kernel.tables(parameters, levels), parameters);
      for (int i = 0; i < matrix.length; i++) {
        matrix[i][i] *= 1 + extra;
      }
      factored = SymmetricMatrix.factor(matrix);
    }
    inverse = factored.inverse();
    weights = SymmetricMatrix.times(inverse, warped);
    double value = SymmetricMatrix.dot(warped, weights) / 2 + factored.halfLogDeterminant();
    value += prior(parameters, new double[parameters.length]);
    for (double rate : relative) {
      value -= Math.log(rate);
    }
    negativeLogPosterior = value;
  }

  Form form() {
    return form;
  }

  double[] parameters() {
    return parameters.clone();
  }

  /** Of the logarithm of the target, so that forms with other warps compare; lower is better. */
  double negativeLogPosterior() {
    return negativeLogPosterior;
  }

  /** The distribution of one new run, its noise counted. */
  LogNormal predict(double[] row) {
    double[] point = space.of(row);
    double[] covariances = new double[points.length];
    for (int i = 0; i < points.length; i++) {
      covariances[i] = covariance.of(point, points[i]);
    }
    double mean = SymmetricMatrix.dot(covariances, weights);
    double explained =
        SymmetricMatrix.dot(covariances, SymmetricMatrix.times(inverse, covariances));
    double variance = Math.max(0, covariance.of(point, point) - explained);
    return logNormal(mean, variance, true);
  }

  /**
   * What the process would have predicted for its own rows, had the rows of a block been missing
   * (hyper-parameters as they are; the block form of Rasmussen and Williams, equation 5.12). That a
   * row turned out noisy is not known beforehand: its noise counts as that of any other.
   */
  LogNormal[] withoutBlock(int[] block) {
    double[][] inner = new double[block.length][block.length];
    double[] alpha = new double[block.length];
    for (int i = 0; i < block.length; i++) {
      alpha[i] = weights[block[i]];
      for (int j = 0; j < block.length; j++) {
        inner[i][j] = inverse[block[i]][block[j]];
      }
    }
    SymmetricMatrix factored = SymmetricMatrix.factor(inner);
    if (factored == null) {
      return null;
    }
    double[][] conditional = factored.inverse();
    double[] residual = SymmetricMatrix.times(conditional, alpha);
    LogNormal[] left = new LogNormal[block.length];
    for (int i = 0; i < block.length; i++) {
      double odd = noise(block[i], parameters) * (oddness[block[i]] - 1 / known[block[i]]);
      double variance = conditional[i][i] - Math.min(odd, (1 - LEAST_VARIANCE) * conditional[i][i]);
      left[i] = logNormal(warped[block[i]] - residual[i], variance, false);
    }
    return left;
  }

  private LogNormal logNormal(double mean, double variance, boolean addNoise) {
    double value = form.warp().back(mean * spread + center);
    double rate = form.warp().perRelative(value) / spread;
    double deviation = Math.sqrt(Math.max(variance, 1e-12)) / rate;
    double noise = addNoise ? kernel.noise(parameters) : 0;
    return new LogNormal(Math.log(value * unit), Math.sqrt(deviation * deviation + noise));
  }
}
