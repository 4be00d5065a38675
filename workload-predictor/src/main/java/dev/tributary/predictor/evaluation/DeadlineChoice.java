package dev.tributary.predictor.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Choosing a scale-out for a context that was never seen.
 *
 * <p>Every configuration of the held-out context sets one deadline: {@value #SLACK} × its actual
 * runtime. The candidates are the scale-outs measured in that context; the cost of one is machines
 * × runtime. Chosen is the one of least expected cost whose bound keeps the deadline; if no bound
 * does, the one of least bound, of equal ones that of least expected cost. The oracle knows all
 * runtimes and takes the least cost that keeps the deadline. Met: the chosen one's actual runtime
 * is within the deadline.
 *
 * @param met share of the deadlines kept
 * @param costOverOracle mean over the deadlines of actual cost of the chosen over that of the
 *     oracle
 * @param deadlines number of them
 */
public record DeadlineChoice(double met, double costOverOracle, int deadlines) {
  private static final double SLACK = 1.05;
  private static final Comparator<PredictedRow> CHEAPEST =
      Comparator.comparingDouble(row -> row.scaleOut() * row.predicted());

  /** Choices with a bound for each row; the rows of a split are one context. */
  static DeadlineChoice of(
      List<List<PredictedRow>> contexts, ToDoubleFunction<PredictedRow> bound) {
    int met = 0;
    double ratio = 0;
    int deadlines = 0;
    for (List<PredictedRow> context : contexts) {
      for (PredictedRow asked : context) {
        double deadline = SLACK * asked.actual();
        PredictedRow chosen = chosen(context, deadline, bound);
        met += chosen.actual() <= deadline ? 1 : 0;
        ratio += cost(chosen) / oracle(context, deadline);
        deadlines++;
      }
    }
    return new DeadlineChoice((double) met / deadlines, ratio / deadlines, deadlines);
  }

  private static PredictedRow chosen(
      List<PredictedRow> context, double deadline, ToDoubleFunction<PredictedRow> bound) {
    return context.stream()
        .filter(row -> bound.applyAsDouble(row) <= deadline)
        .min(CHEAPEST)
        .orElseGet(
            () ->
                context.stream()
                    .min(Comparator.comparingDouble(bound).thenComparing(CHEAPEST))
                    .orElseThrow());
  }

  private static double oracle(List<PredictedRow> context, double deadline) {
    List<Double> costs = new ArrayList<>();
    for (PredictedRow row : context) {
      if (row.actual() <= deadline) {
        costs.add(cost(row));
      }
    }
    return costs.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  private static double cost(PredictedRow row) {
    return row.scaleOut() * row.actual();
  }
}
