package dev.tributary.predictor.evaluation;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether a predicted probability of being in time can be trusted: what was predicted, of all
 * scale-outs of a context under the deadlines that the others of it set, beside what came of it.
 * (The deadline that a configuration sets itself it keeps by definition.)
 *
 * @param from lower end of the predicted probabilities taken together, 0 to 1
 * @param to upper end
 * @param pairs of a scale-out and a deadline with such a probability, at least 1
 * @param predicted mean of their probabilities
 * @param met share that was in time
 */
public record InTime(double from, double to, int pairs, double predicted, double met) {
  private static final double[] ENDS = {0, 0.2, 0.5, 0.8, 0.9, 0.95, 0.99, 1};

  /** By predicted probability, least first; ranges without a pair are left out. */
  static List<InTime> of(List<List<PredictedRow>> contexts) {
    List<InTime> ranges = new ArrayList<>();
    for (int end = 1; end < ENDS.length; end++) {
      double from = ENDS[end - 1];
      double to = ENDS[end];
      int pairs = 0;
      int met = 0;
      double predicted = 0;
      for (List<PredictedRow> context : contexts) {
        for (PredictedRow row : context) {
          for (PredictedRow other : context) {
            double deadline = DeadlineChoice.deadline(other);
            double probability = row.exact().probabilityWithin(deadline);
            boolean last = end == ENDS.length - 1;
            if (row != other && probability >= from && (probability < to || last)) {
              pairs++;
              predicted += probability;
              met += row.actual() <= deadline ? 1 : 0;
            }
          }
        }
      }
      if (pairs > 0) {
        ranges.add(new InTime(from, to, pairs, predicted / pairs, (double) met / pairs));
      }
    }
    return ranges;
  }
}
