package dev.tributary.predictor.evaluation;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was measured. Errors are percent; every figure is a mean over splits, so that each split
 * counts alike.
 *
 * @param configurations distinct configurations used
 * @param runs rows of the table used
 * @param fixed columns held at one value because nothing was said of them
 * @param splits number of splits
 * @param mape mean absolute percentage error
 * @param coverage share of test rows inside their interval
 * @param intervalWidth mean width of the interval over the predicted value
 * @param byTrainingRows figures for each number of training rows, under availability
 * @param onUpperBound choices on the interval's upper end, by context
 * @param onExpected the same with no margin at all, by context
 * @param inTime predicted probabilities of being in time and what came of them, by context
 * @param rows every prediction
 */
public record EvaluationReport(
    int configurations,
    int runs,
    Map<String, String> fixed,
    int splits,
    double mape,
    double coverage,
    double intervalWidth,
    List<TrainingSize> byTrainingRows,
    Optional<DeadlineChoice> onUpperBound,
    Optional<DeadlineChoice> onExpected,
    List<InTime> inTime,
    List<PredictedRow> rows) {
  /**
   * Figures of one number of training rows.
   *
   * @param trainingRows configurations seen
   * @param splits number of splits
   * @param mape mean absolute percentage error
   * @param coverage share of test rows inside their interval
   */
  public record TrainingSize(int trainingRows, int splits, double mape, double coverage) {}
}
