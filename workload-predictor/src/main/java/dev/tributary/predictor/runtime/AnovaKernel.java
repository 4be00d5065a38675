package dev.tributary.predictor.runtime;

/**
 * Covariance {@code v · ∏ᵢ (1 + aᵢ x y + sᵢ exp(−(x−y)²/2lᵢ²) + dᵢ [x = y])} over the features i:
 * the product expands into every main effect and every interaction, each a straight line plus a
 * smooth bend plus what runs at one level have in common and its neighbours do not (one data set,
 * one cluster that was started once; a random effect of the level) (Stitson et al. 1999, ANOVA
 * kernels; Duvenaud et al. 2011, additive Gaussian processes, with one variance a feature in place
 * of one an order).
 *
 * <p>Parameters are logarithms: v; for each feature aᵢ, sᵢ, lᵢ, dᵢ; last the variance of the noise
 * of the relative error. Each has a normal prior, the same for every job: straight lines before
 * bends, main effects before interactions.
 */
final class AnovaKernel {
  private static final double[] LINE = {Math.log(0.5), 1.5};
  private static final double[] BEND = {Math.log(0.1), 1.5};
  private static final double[] LENGTH = {Math.log(1.5), 0.7};
  private static final double[] LEVEL = {Math.log(0.003), 1.5};
  private static final double[] NOISE = {2 * Math.log(0.02), 1.0};
  private static final double AMPLITUDE_DEVIATION = 1.5;
  private static final int EACH = 4;

  private final int features;

  AnovaKernel(int features) {
    this.features = features;
  }

  int parameters() {
    return EACH * features + 2;
  }

  /** Prior means, where the search starts. */
  double[] priorMean() {
    return prior(0, 0);
  }

  /** Prior standard deviations. */
  double[] priorDeviation() {
    return prior(1, AMPLITUDE_DEVIATION);
  }

  private double[] prior(int moment, double amplitude) {
    double[] prior = new double[parameters()];
    prior[0] = amplitude;
    for (int feature = 0; feature < features; feature++) {
      prior[1 + EACH * feature] = LINE[moment];
      prior[2 + EACH * feature] = BEND[moment];
      prior[3 + EACH * feature] = LENGTH[moment];
      prior[4 + EACH * feature] = LEVEL[moment];
    }
    prior[parameters() - 1] = NOISE[moment];
    return prior;
  }

  /** Variance of the relative noise. */
  double noise(double[] parameters) {
    return Math.exp(parameters[parameters() - 1]);
  }

  /** The covariance of points for one setting of the parameters, noise not counted. */
  Covariance covariance(double[] parameters) {
    return new Covariance(parameters);
  }

  /** Covariances of any points; the exponentials of the parameters are taken once. */
  final class Covariance {
    private final double amplitude;
    private final double[] line = new double[features];
    private final double[] bend = new double[features];
    private final double[] length = new double[features];
    private final double[] level = new double[features];

    private Covariance(double[] parameters) {
      amplitude = Math.exp(parameters[0]);
      for (int feature = 0; feature < features; feature++) {
        line[feature] = Math.exp(parameters[1 + EACH * feature]);
        bend[feature] = Math.exp(parameters[2 + EACH * feature]);
        length[feature] = Math.exp(parameters[3 + EACH * feature]);
        level[feature] = Math.exp(parameters[4 + EACH * feature]);
      }
    }

    /** The covariance of two points. */
    double of(double[] x, double[] y) {
      double product = amplitude;
      for (int feature = 0; feature < features; feature++) {
        double away = (x[feature] - y[feature]) / length[feature];
        product *=
            1
                + line[feature] * x[feature] * y[feature]
                + bend[feature] * Math.exp(-away * away / 2)
                + (x[feature] == y[feature] ? level[feature] : 0);
      }
      return product;
    }
  }

  /** Factors of each feature at each pair of its levels, for one setting of the parameters. */
  Tables tables(double[] parameters, Levels levels) {
    return new Tables(parameters, levels);
  }

  /** Lattices have few levels a feature: exponentials are taken once a pair of levels. */
  final class Tables {
    private final double amplitude;
    private final Levels levels;
    private final double[][][] factor = new double[features][][];
    private final double[][][] line = new double[features][][];
    private final double[][][] bend = new double[features][][];
    private final double[][][] stretch = new double[features][][];
    private final double[] same = new double[features];

    private Tables(double[] parameters, Levels levels) {
      this.amplitude = Math.exp(parameters[0]);
      this.levels = levels;
      for (int feature = 0; feature < features; feature++) {
        fill(feature, parameters);
      }
    }

    private void fill(int feature, double[] parameters) {
      double[] values = levels.values(feature);
      int count = values.length;
      factor[feature] = new double[count][count];
      line[feature] = new double[count][count];
      bend[feature] = new double[count][count];
      stretch[feature] = new double[count][count];
      double a = Math.exp(parameters[1 + EACH * feature]);
      double s = Math.exp(parameters[2 + EACH * feature]);
      double length = Math.exp(parameters[3 + EACH * feature]);
      same[feature] = Math.exp(parameters[4 + EACH * feature]);
      for (int i = 0; i < count; i++) {
        for (int j = 0; j < count; j++) {
          double away = (values[i] - values[j]) / length;
          double smooth = s * Math.exp(-away * away / 2);
          line[feature][i][j] = a * values[i] * values[j];
          bend[feature][i][j] = smooth;
          stretch[feature][i][j] = smooth * away * away;
          factor[feature][i][j] = 1 + line[feature][i][j] + smooth + (i == j ? same[feature] : 0);
        }
      }
    }

    /** The covariance of two rows. */
    double of(int i, int j) {
      double product = amplitude;
      for (int feature = 0; feature < features; feature++) {
        product *= factor[feature][levels.level(feature, i)][levels.level(feature, j)];
      }
      return product;
    }

    /** Adds weight × the derivative of the covariance of two rows by each parameter. */
    void addGradient(int i, int j, double weight, double[] gradient, double[] suffix) {
      double product = 1;
      suffix[features] = 1;
      for (int feature = features - 1; feature >= 0; feature--) {
        product *= factor[feature][levels.level(feature, i)][levels.level(feature, j)];
        suffix[feature] = product;
      }
      gradient[0] += weight * amplitude * product;
      double before = weight * amplitude;
      for (int feature = 0; feature < features; feature++) {
        int left = levels.level(feature, i);
        int right = levels.level(feature, j);
        double rest = before * suffix[feature + 1];
        gradient[1 + EACH * feature] += rest * line[feature][left][right];
        gradient[2 + EACH * feature] += rest * bend[feature][left][right];
        gradient[3 + EACH * feature] += rest * stretch[feature][left][right];
        gradient[4 + EACH * feature] += left == right ? rest * same[feature] : 0;
        before *= factor[feature][left][right];
      }
    }
  }
}
