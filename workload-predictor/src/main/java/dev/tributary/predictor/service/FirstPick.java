package dev.tributary.predictor.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.predictor.model.Prediction;
import dev.tributary.predictor.recommend.Constraints;
import dev.tributary.predictor.recommend.Recommendation;
import dev.tributary.predictor.run.Run;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Answers for a job that has not finished a run, by what other jobs did. Nothing is predicted by a
 * model of the job, so nothing is written, nothing is applied, and no prediction is known.
 */
record FirstPick(Core core) {
  private static final int MOST_RUNS = 5_000;
  private static final String LEARNER = "other-jobs";

  /** What is there to answer from; no runs where one of the job's own has finished. */
  private record Known(Mode mode, boolean unfinished, List<Run> own, List<Run> others) {
    boolean isNew() {
      return unfinished && others.stream().anyMatch(run -> run.outcome().isFinished());
    }
  }

  /** Empty where the job has finished a run, no other job has, or only its own runs tell a time. */
  Optional<Recommendation> choose(
      String job, Map<String, Double> inputs, ClusterChoice.Asked asked) {
    return choose(known(job), job, inputs, asked);
  }

  private Optional<Recommendation> choose(
      Known known, String job, Map<String, Double> inputs, ClusterChoice.Asked asked) {
    if (!known.isNew()) {
      return Optional.empty();
    }
    Setting.checkInputs(core, job, inputs, known.own());
    Question question =
        new Question(
            job,
            known.own(),
            Map.of(),
            inputs,
            asked.current(),
            asked.candidates(),
            asked.constraints(),
            asked.prices(),
            asked.platform());
    Recommendation answer = timed(core.advisor().first(question, known.others()));
    return answer instanceof Recommendation.NoAdvice && !known.own().isEmpty()
        ? Optional.empty()
        : Optional.of(answer);
  }

  /** A cluster of which nothing tells how long it takes is not recommended. */
  private static Recommendation timed(Recommendation answer) {
    return answer instanceof Recommendation.FirstPick pick
            && !Double.isFinite(pick.chosen().runtime().upper())
        ? new Recommendation.NoAdvice(
            pick.request(),
            pick.why() + "; nothing tells how long the job would take on it",
            Optional.empty(),
            pick.candidates())
        : answer;
  }

  /** The same in the form of every answer. */
  Optional<ObjectNode> recommend(At at, ClusterChoice.Asked asked) {
    String job = at.get("job").text();
    at.maybe("run_id")
        .map(At::text)
        .ifPresent(id -> core.store().transaction(c -> Predictions.unlessRun(c, job, id)));
    Known known = known(job);
    Map<String, Double> inputs = at.maybe("inputs").map(At::numbers).orElse(Map.of());
    return choose(known, job, inputs, asked)
        .map(answer -> answer(at, known, asked, inputs, AdviceJson.ofNew(answer)));
  }

  private static ObjectNode answer(
      At at,
      Known known,
      ClusterChoice.Asked asked,
      Map<String, Double> inputs,
      ObjectNode advice) {
    Constraints constraints = asked.constraints();
    JsonNode chosen = advice.path("chosen");
    String job = at.get("job").text();
    ObjectNode answer = RunJson.MAPPER.createObjectNode().put("job", job);
    at.maybe("run_id").map(At::text).ifPresent(id -> answer.put("run_id", id));
    answer.put("mode", known.mode().text()).put("effective_mode", Mode.SHADOW.text());
    answer.put("mode_reason", "Nothing is applied before a run of the job has finished.");
    answer.set("inputs", RunJson.numbers(inputs));
    answer.put("apply", false);
    asked.current().ifPresent(now -> answer.set("cluster", RunJson.of(now)));
    if (chosen.isObject()) {
      answer.set("cluster", chosen.path("cluster"));
      answer
          .putObject("prediction")
          .set(Quantity.RUNTIME_SECONDS.text(), RunJson.of(expected(chosen, advice, constraints)));
    }
    answer.set("constraints", ConstraintsJson.of(constraints));
    answer.put("deadline_source", constraints.deadline().isPresent() ? "given" : "none");
    answer.set("recommendation", advice);
    answer
        .putObject("rests_on")
        .put("model_version", 0)
        .put("learner", LEARNER)
        .put("runs", 0)
        .putArray("nearest_runs");
    return answer.put("recorded", false);
  }

  private Known known(String job) {
    return core.store()
        .transaction(
            c -> {
              Mode mode = JobTable.mode(c, job).orElse(Mode.SHADOW);
              return RunTable.hasFinished(c, job)
                  ? new Known(mode, false, List.of(), List.of())
                  : new Known(
                      mode,
                      true,
                      RunTable.byStart(c, job, 0, Long.MAX_VALUE, RunTable.MOST_FITTED),
                      RunTable.others(c, job, MOST_RUNS));
            });
  }

  /** On the chosen cluster. */
  private static Prediction expected(JsonNode chosen, ObjectNode advice, Constraints constraints) {
    double expected = chosen.path("runtime_seconds").asDouble();
    double least = advice.at("/details/other_jobs_took/least_runtime_s").asDouble(expected);
    return new Prediction(
        expected,
        Math.min(least, expected),
        chosen.path("runtime_upper_seconds").asDouble(),
        constraints.confidence(),
        false,
        LEARNER,
        advice.path("reason").asText());
  }
}
