package dev.tributary.predictor.recommend;

import dev.tributary.predictor.model.Prediction;
import dev.tributary.predictor.price.Cloud;
import dev.tributary.predictor.price.Offer;
import dev.tributary.predictor.price.Prices;
import dev.tributary.predictor.run.Cluster;
import dev.tributary.predictor.run.Outcome;
import dev.tributary.predictor.run.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;

/** How long a recommendation takes once the models are fitted, predictions counted. */
public final class RecommendBench {
  private RecommendBench() {}

  /**
   * Measures.
   *
   * @param source fits the models, which is timed apart
   * @param runs of one job
   * @param candidates how many clusters to choose from, e.g. 500
   * @param repetitions recommendations to time, after half as many unmeasured ones
   * @return {@code candidates, fit_ms, first_ms, median_ms, p95_ms, model, decision}
   */
  public static Map<String, Object> measure(
      ModelSource source, List<Run> runs, int candidates, int repetitions) {
    Run like = runs.get(0);
    int types = Math.max(1, (candidates + 9) / 10);
    int workers = (candidates + types - 1) / types;
    List<Offer> offers = new ArrayList<>();
    for (int type = 0; type < types; type++) {
      offers.add(
          new Offer(
              type == 0 ? like.cluster().machineType() : "bench-" + type,
              Cloud.OTHER,
              like.cluster().coresPerWorker(),
              like.cluster().memoryMbPerWorker() / 1073.741824 * (1 + 0.1 * type),
              0.1 + 0.001 * type,
              Optional.empty(),
              "the benchmark"));
    }
    Constraints constraints =
        new Constraints(
            Optional.empty(),
            false,
            Prediction.CONFIDENCE,
            offers.stream().map(Offer::type).toList(),
            1,
            OptionalInt.of(workers),
            Constraints.NONE.purchases(),
            Constraints.NONE.minMemoryMb(),
            Constraints.NONE.maxCostUsd(),
            Optional.empty(),
            true,
            false,
            Enforced.NOTHING);
    Request request =
        new Request(like.job(), runs, Optional.empty(), constraints, Platform.SPARK_SUBMIT);
    long started = System.nanoTime();
    JobModels models = source.models(request.runs());
    double fit = millis(started);
    Recommender recommender = new Recommender(Prices.of(offers), source);
    double[] times = new double[repetitions];
    Recommendation answer = null;
    double first = 0;
    for (int i = -repetitions / 2 - 1; i < repetitions; i++) {
      long begun = System.nanoTime();
      answer = recommender.recommend(request, models);
      double millis = millis(begun);
      if (i >= 0) {
        times[i] = millis;
      } else if (i == -repetitions / 2 - 1) {
        first = millis;
      }
    }
    Arrays.sort(times);
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("candidates", answer.candidates().size());
    report.put("fit_ms", fit);
    report.put("first_ms", first);
    report.put("median_ms", times[repetitions / 2]);
    report.put("p95_ms", times[(int) (repetitions * 0.95)]);
    report.put("model", answer.candidates().get(0).runtime().model());
    report.put("decision", answer.getClass().getSimpleName());
    return report;
  }

  /**
   * So many runs of a made-up job on 1 to 8 workers that speeds up less than by its cores, 3 % of
   * noise.
   */
  public static List<Run> madeUp(int count) {
    Random random = new Random(3);
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Cluster cluster = new Cluster("m5.xlarge", 1 + i % 8, 4, 16_000);
      double gigabytes = 10 + i % 7;
      double work = 60 * Math.pow(gigabytes, 1.2) / Math.pow(cluster.cores(), 0.8);
      double seconds = (20 + work) * Math.exp(0.03 * random.nextGaussian());
      runs.add(
          new Run(
              "made-up",
              "run-" + i,
              Optional.empty(),
              cluster,
              Map.of("input_gb", gigabytes),
              Duration.ofMillis(Math.round(1000 * seconds)),
              OptionalDouble.of(5_000 + 20 * gigabytes),
              OptionalDouble.of(0.6),
              Outcome.FINISHED,
              Map.of()));
    }
    return runs;
  }

  private static double millis(long started) {
    return (System.nanoTime() - started) / 1e6;
  }
}
