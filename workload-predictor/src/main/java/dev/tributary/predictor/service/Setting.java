package dev.tributary.predictor.service;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.predictor.model.JobModel;
import dev.tributary.predictor.model.Prediction;
import dev.tributary.predictor.online.NextInputs;
import dev.tributary.predictor.online.Watch;
import dev.tributary.predictor.recommend.GivenInputs;
import dev.tributary.predictor.run.Cluster;
import dev.tributary.predictor.run.Run;
import dev.tributary.predictor.service.Refusal.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a prediction is made from: the champion's models as they stand, the job's mode, and the
 * inputs of the run, those that nobody gave being forecast.
 *
 * @param effective the mode that counts now
 * @param whyEffective why the two differ; empty where they do not
 * @param fit its models count the error of forecast inputs
 */
record Setting(
    String job,
    Optional<String> runId,
    NextInputs inputs,
    Mode mode,
    Mode effective,
    String whyEffective,
    Models.Fit fit) {

  /**
   * The setting of a job now.
   *
   * @param given inputs that the request has
   * @param starts when the run is to start
   * @throws Refusal where the job is not known, none of its runs has a runtime, or an input is none
   *     of theirs
   */
  static Setting of(
      Core core, String job, Optional<String> runId, Map<String, Double> given, Instant starts) {
    record Known(Mode mode, JobTable.Version champion, Watch.Report report) {}
    Known known =
        core.store()
            .transaction(
                c -> new Known(Core.mode(c, job), JobTable.champion(c, job), core.watched(c, job)));
    Models.Fit fit =
        core.models()
            .of(job, known.champion())
            .orElseThrow(
                () ->
                    Refusal.at(
                        Kind.UNKNOWN_JOB,
                        "/job",
                        "No run of job '" + job + "' has a runtime above 0; send one that has."));
    checkInputs(core, job, given, fit.runs());
    NextInputs inputs = NextInputs.of(fit.runs(), given, starts);
    boolean held = known.mode() == Mode.AUTO_APPLY && known.report().drift();
    return new Setting(
        job,
        runId,
        inputs,
        known.mode(),
        held ? Mode.SUGGEST : known.mode(),
        held ? "Nothing is applied while the drift alarm stands. " + known.report().reason() : "",
        fit.widened(inputs));
  }

  /**
   * Refuses inputs that no run of the job has, or that are not 0 or more.
   *
   * @param runs the latest of the job; what is wrong by them may be right by an older one
   */
  static void checkInputs(Core core, String job, Map<String, Double> given, List<Run> runs) {
    GivenInputs.wrong(given, runs)
        .map(wrong -> core.store().transaction(c -> RunTable.inputs(c, job)))
        .flatMap(all -> GivenInputs.wrong(given, all))
        .ifPresent(
            wrong -> {
              throw Refusal.at(
                  wrong.unknown() ? Kind.UNKNOWN_INPUT : Kind.INVALID_VALUE,
                  "/inputs" + At.token(wrong.input()),
                  Character.toUpperCase(wrong.problem().charAt(0))
                      + wrong.problem().substring(1)
                      + ": "
                      + wrong.fix()
                      + (wrong.unknown() ? ", or send a run that has it to /v1/runs first." : "."));
            });
  }

  Prediction runtime(Cluster cluster, double confidence) {
    return fit.runtime().predict(cluster, inputs.values(), confidence);
  }

  /** The members that every answer begins with. */
  ObjectNode head() {
    ObjectNode answer = RunJson.MAPPER.createObjectNode().put("job", job);
    runId.ifPresent(id -> answer.put("run_id", id));
    answer.put("mode", mode.text());
    answer.put("effective_mode", effective.text());
    if (!whyEffective.isEmpty()) {
      answer.put("mode_reason", whyEffective);
    }
    answer.set("inputs", RunJson.numbers(inputs.values()));
    if (!inputs.forecasts().isEmpty()) {
      answer.set(
          "input_forecasts",
          RunJson.MAPPER.valueToTree(
              inputs.forecasts().stream().map(NextInputs.Forecast::tree).toList()));
    }
    return answer;
  }

  /** Adds what is predicted on a cluster, and what that rests on. */
  void predictions(ObjectNode answer, Cluster cluster, double confidence) {
    ObjectNode predicted = answer.putObject("prediction");
    for (Quantity quantity : Quantity.values()) {
      JobModel model = fit.models().get(quantity);
      if (model != null) {
        predicted.set(
            quantity.text(), RunJson.of(model.predict(cluster, inputs.values(), confidence)));
      }
    }
    answer.set("rests_on", NearestRuns.of(fit, inputs.values(), cluster));
  }
}
