package dev.tributary.predictor.evaluation;

import dev.tributary.predictor.model.Prediction;

/**
 * One test row and what was said of it.
 *
 * @param split number of the split, from 1
 * @param trainingRows configurations that the model had seen
 * @param row data row of the file, from 1, in which the configuration is first seen
 * @param scaleOut number of machines
 * @param actual median of the repetitions
 * @param prediction of the value as it will be recorded: what errors and coverage are of
 * @param exact the same not brought to the step of recording: what choices are made by, as {@code
 *     recommend} makes them
 */
public record PredictedRow(
    int split,
    int trainingRows,
    int row,
    double scaleOut,
    double actual,
    Prediction prediction,
    Prediction exact) {
  /** The expected value. */
  public double predicted() {
    return prediction.expected();
  }

  /** Lower end of the interval. */
  public double lower() {
    return prediction.lower();
  }

  /** Upper end of the interval. */
  public double upper() {
    return prediction.upper();
  }

  /** Absolute error relative to the actual value. */
  public double error() {
    return Math.abs(predicted() - actual) / actual;
  }

  /** Whether the interval holds the actual value. */
  public boolean covered() {
    return lower() <= actual && actual <= upper();
  }
}
