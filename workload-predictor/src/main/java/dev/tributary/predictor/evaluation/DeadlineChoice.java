package dev.tributary.predictor.evaluation;

import dev.tributary.predictor.model.Lateness;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Choosing a scale-out for a context that was never seen.
 *
 * <p>Every configuration of the held-out context sets one deadline: {@value #SLACK} × its actual
 * runtime. The candidates are the scale-outs measured in that context; the cost of one is machines
 * × runtime. Chosen is, of those whose upper bound keeps the deadline, or of all if none does, the
 * one of least cost at that bound counting the price of being late ({@link Lateness}), as {@code
 * recommend} chooses. Without margin it is the one of least expected cost whose expected runtime
 * keeps the deadline; if none does, the fastest. The oracle knows all runtimes and takes the least
 * cost that keeps the deadline. Met: the chosen one's actual runtime is within the deadline.
 *
 * @param met share of the deadlines kept
 * @param costOverOracle mean over the deadlines of actual cost of the chosen over that of the
 *     oracle
 * @param deadlines number of them
 * @param predicted mean probability of being in time that was predicted of what was chosen, 0 to 1
 */
public record DeadlineChoice(double met, double costOverOracle, int deadlines, double predicted) {
  private static final double SLACK = 1.05;

  /** Which of a context's rows is taken for a deadline. */
  private interface Rule {
    PredictedRow choose(List<PredictedRow> context, double deadline);
  }

  /** Choices on upper bounds; the rows of a split are one context. */
  static DeadlineChoice onBounds(List<List<PredictedRow>> contexts) {
    return of(
        contexts,
        (context, deadline) -> {
          List<PredictedRow> within =
              context.stream().filter(row -> row.exact().upper() <= deadline).toList();
          return least(
              within.isEmpty() ? context : within,
              row ->
                  Lateness.counted(
                      row.scaleOut() * row.exact().upper(),
                      row.exact().probabilityWithin(deadline)));
        });
  }

  /** Choices that take what is expected for certain. */
  static DeadlineChoice onExpected(List<List<PredictedRow>> contexts) {
    return of(
        contexts,
        (context, deadline) -> {
          List<PredictedRow> within =
              context.stream().filter(row -> row.exact().expected() <= deadline).toList();
          return within.isEmpty()
              ? least(context, row -> row.exact().expected())
              : least(within, row -> row.scaleOut() * row.exact().expected());
        });
  }

  private static PredictedRow least(
      List<PredictedRow> rows, ToDoubleFunction<PredictedRow> counted) {
    return rows.stream()
        .min(Comparator.comparingDouble(counted).thenComparingDouble(PredictedRow::scaleOut))
        .orElseThrow();
  }

  private static DeadlineChoice of(List<List<PredictedRow>> contexts, Rule rule) {
    int met = 0;
    double ratio = 0;
    double predicted = 0;
    int deadlines = 0;
    for (List<PredictedRow> context : contexts) {
      for (PredictedRow asked : context) {
        double deadline = deadline(asked);
        PredictedRow chosen = rule.choose(context, deadline);
        met += chosen.actual() <= deadline ? 1 : 0;
        ratio += cost(chosen) / oracle(context, deadline);
        predicted += chosen.exact().probabilityWithin(deadline);
        deadlines++;
      }
    }
    return new DeadlineChoice(
        (double) met / deadlines, ratio / deadlines, deadlines, predicted / deadlines);
  }

  /** The deadline that a configuration sets. */
  static double deadline(PredictedRow asked) {
    return SLACK * asked.actual();
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
