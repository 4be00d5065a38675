package dev.tributary.predictor.service;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.predictor.model.Prediction;
import dev.tributary.predictor.recommend.Constraints;
import dev.tributary.predictor.recommend.Platform;
import dev.tributary.predictor.recommend.Recommendation;
import dev.tributary.predictor.run.Cluster;
import dev.tributary.predictor.run.Run;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/**
 * A recommendation as the service makes it: without a deadline the run is not to be slower than it
 * was, or may be on the present cluster.
 *
 * @param answer what is recommended
 * @param constraints what was kept to, a derived deadline among them
 * @param deadlineSource where the deadline comes from
 * @param current what the job runs on now
 */
record ClusterChoice(
    Recommendation answer, Constraints constraints, String deadlineSource, Cluster current) {
  private static final int DEADLINE_RUNS = 10;
  private static final String DERIVED = "no slower than it was, or may be on the present cluster";

  /**
   * What is asked for.
   *
   * @param current empty: what the latest run by start had
   * @param candidates empty: whatever there are prices for
   * @param prices of this request over the service's own
   */
  record Asked(
      Constraints constraints,
      Optional<Cluster> current,
      List<Cluster> candidates,
      Optional<JsonNode> prices,
      Platform platform) {}

  static ClusterChoice of(Advisor advisor, Setting setting, Asked asked) {
    List<Run> runs = setting.fit().runs();
    Cluster current = asked.current().orElseGet(() -> runs.get(runs.size() - 1).cluster());
    boolean given = asked.constraints().deadline().isPresent();
    OptionalDouble usual =
        given
            ? OptionalDouble.empty()
            : asSlowAsNow(setting, current, asked.constraints().confidence());
    Constraints constraints =
        usual.isPresent()
            ? asked.constraints().withUsual(ConstraintsJson.seconds(usual.getAsDouble()))
            : asked.constraints();
    Question question =
        new Question(
            setting.job(),
            runs,
            setting.fit().models(),
            setting.inputs().values(),
            Optional.of(current),
            asked.candidates(),
            constraints,
            asked.prices(),
            asked.platform());
    String source = usual.isPresent() ? DERIVED : given ? "given" : "none";
    return new ClusterChoice(advisor.recommend(question), constraints, source, current);
  }

  /** What is applied: a predicted cluster, where the job is to follow what is recommended. */
  Optional<Cluster> applied(Setting setting) {
    return setting.effective() == Mode.AUTO_APPLY
            && answer instanceof Recommendation.Cheapest cheapest
        ? Optional.of(cheapest.cluster().cluster())
        : Optional.empty();
  }

  /**
   * What is not to be exceeded where nobody names a deadline: the slowest of the latest finished
   * runs, or what the present cluster may take if that is more.
   */
  private static OptionalDouble asSlowAsNow(Setting setting, Cluster current, double confidence) {
    List<Run> finished =
        setting.fit().runs().stream().filter(run -> run.outcome().isFinished()).toList();
    Prediction now = setting.runtime(current, confidence);
    return DoubleStream.concat(
            finished.stream()
                .skip(Math.max(0, finished.size() - DEADLINE_RUNS))
                .mapToDouble(run -> run.runtime().toNanos() / 1e9),
            now.known() ? DoubleStream.of(now.upper()) : DoubleStream.empty())
        .filter(seconds -> seconds > 0)
        .max();
  }
}
