package dev.tributary.predictor.evaluation;

import dev.tributary.predictor.model.Prediction;
import dev.tributary.predictor.runtime.Design;
import dev.tributary.predictor.runtime.PerformanceModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Measures the runtime models on a table of runs; a test row never reaches the model of its split.
 */
public final class Evaluation {
  private Evaluation() {}

  /** Runs all splits, on all cores; the same request gives the same report. */
  public static EvaluationReport run(EvaluationRequest request) {
    Configurations configurations = ConfigurationReader.read(request);
    List<List<PredictedRow>> splits =
        Split.of(configurations, request).parallelStream()
            .map(split -> predict(split, configurations, request))
            .toList();
    return report(configurations, splits, request.protocol());
  }

  private static List<PredictedRow> predict(
      Split split, Configurations configurations, EvaluationRequest request) {
    Repetitions known = configurations.repetitions(split.training());
    Design design =
        new Design(
            configurations.names(),
            0,
            configurations.rows(split.training()),
            known.locations(),
            known.noise(),
            known.medians());
    Resolution resolution = known.resolution();
    PerformanceModel model = PerformanceModel.fit(design, request.seed());
    List<PredictedRow> rows = new ArrayList<>();
    for (int test : split.test()) {
      double[] features = configurations.rows()[test];
      Prediction exact = model.predict(features, request.confidence());
      rows.add(
          new PredictedRow(
              split.number(),
              split.training().length,
              configurations.firstRow()[test],
              features[0],
              configurations.median(test),
              resolution.recorded(exact),
              exact));
    }
    return rows;
  }

  private static EvaluationReport report(
      Configurations configurations, List<List<PredictedRow>> splits, Protocol protocol) {
    boolean byContext = protocol == Protocol.BY_CONTEXT;
    return new EvaluationReport(
        configurations.size(),
        configurations.runs(),
        configurations.fixed(),
        splits.size(),
        mape(splits),
        mean(splits, row -> row.covered() ? 1 : 0),
        mean(splits, row -> (row.upper() - row.lower()) / row.predicted()),
        protocol == Protocol.AVAILABILITY ? byTrainingRows(splits) : List.of(),
        byContext ? Optional.of(DeadlineChoice.onBounds(splits)) : Optional.empty(),
        byContext ? Optional.of(DeadlineChoice.onExpected(splits)) : Optional.empty(),
        byContext ? InTime.of(splits) : List.of(),
        splits.stream().flatMap(List::stream).toList());
  }

  private static List<EvaluationReport.TrainingSize> byTrainingRows(
      List<List<PredictedRow>> splits) {
    Map<Integer, List<List<PredictedRow>>> sizes =
        splits.stream()
            .collect(
                Collectors.groupingBy(
                    rows -> rows.get(0).trainingRows(), TreeMap::new, Collectors.toList()));
    List<EvaluationReport.TrainingSize> figures = new ArrayList<>();
    sizes.forEach(
        (rows, some) ->
            figures.add(
                new EvaluationReport.TrainingSize(
                    rows, some.size(), mape(some), mean(some, row -> row.covered() ? 1 : 0))));
    return figures;
  }

  private static double mape(List<List<PredictedRow>> splits) {
    return 100 * mean(splits, PredictedRow::error);
  }

  private static double mean(
      List<List<PredictedRow>> splits, ToDoubleFunction<PredictedRow> figure) {
    return splits.stream()
        .mapToDouble(rows -> rows.stream().mapToDouble(figure).average().orElseThrow())
        .average()
        .orElseThrow();
  }
}
