package dev.tributary.predictor.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.predictor.model.Prediction;
import dev.tributary.predictor.online.Promotion;
import dev.tributary.predictor.online.Watch;
import dev.tributary.predictor.run.Cluster;
import dev.tributary.predictor.run.Run;
import dev.tributary.predictor.service.ComparisonTable.Comparison;
import dev.tributary.predictor.service.Refusal.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Takes in runs. A run that was predicted closes its prediction; champion and challenger are held
 * against it, both fitted to what was before it; drift calls for a challenger.
 */
final class Outcomes {
  private static final int MOST_RUNS = 1_000;

  private final Core core;

  Outcomes(Core core) {
    this.core = core;
  }

  /** A run, where in the body it is, and what both models said of it, where there are two. */
  private record Arrived(Run run, String pointer, Optional<Comparison> comparison) {}

  ObjectNode add(JsonNode body) {
    At at = At.body(body);
    List<At> items = body.isArray() ? at.items(MOST_RUNS) : List.of(at);
    Instant now = core.now();
    Map<String, At> runs = new LinkedHashMap<>();
    for (At item : items) {
      Run run = RunJson.run(item, now);
      if (runs.put(run.job() + "\n" + run.id(), item) != null) {
        throw Refusal.at(
            Kind.CONFLICT, item.pointer() + "/id", "Run '" + run.id() + "' is there twice.");
      }
    }
    core.writes().lock();
    try {
      List<Arrived> arrived =
          runs.values().stream()
              .map(item -> compared(RunJson.run(item, now), item.pointer()))
              .toList();
      return core.store().transaction(c -> add(c, arrived));
    } finally {
      core.writes().unlock();
    }
  }

  private ObjectNode add(Connection connection, List<Arrived> arrived) throws SQLException {
    int added = 0;
    int closed = 0;
    Set<String> jobs = new LinkedHashSet<>();
    for (Arrived one : arrived) {
      Optional<Long> seq = RunTable.add(connection, one.run(), core.now(), one.pointer() + "/id");
      if (seq.isPresent()) {
        added++;
        jobs.add(one.run().job());
        ensure(connection, one.run().job());
        closed += close(connection, one, seq.get()) ? 1 : 0;
      }
    }
    ObjectNode json =
        RunJson.MAPPER
            .createObjectNode()
            .put("added", added)
            .put("already_known", arrived.size() - added)
            .put("predictions_closed", closed);
    List<String> events = new ArrayList<>();
    for (String job : jobs) {
      review(connection, job).ifPresent(events::add);
    }
    events.forEach(json.putArray("events")::add);
    return json;
  }

  private void ensure(Connection connection, String job) throws SQLException {
    JobTable.ensure(connection, job, core.advisor().learners().get(0), core.now());
  }

  ObjectNode feedback(JsonNode body) {
    At at = At.body(body).object("prediction_id", "run");
    Run run = RunJson.run(at.get("run"), core.now());
    Optional<String> id = at.maybe("prediction_id").map(At::text);
    core.writes().lock();
    try {
      PredictionTable.Stored prediction = prediction(run, id);
      Arrived arrived = compared(run, "/run");
      return core.store().transaction(c -> feedback(c, prediction, arrived));
    } finally {
      core.writes().unlock();
    }
  }

  private PredictionTable.Stored prediction(Run run, Optional<String> id) {
    PredictionTable.Stored found =
        core.store()
            .transaction(
                c ->
                    id.isPresent()
                        ? PredictionTable.byId(c, id.get())
                        : PredictionTable.byRun(c, run.job(), run.id()))
            .orElseThrow(
                () ->
                    Refusal.at(
                        Kind.UNKNOWN_PREDICTION,
                        id.isPresent() ? "/prediction_id" : "/run/id",
                        "Nothing was predicted for run '%s' of job '%s'. Send it to /v1/runs to have it learned from."
                            .formatted(run.id(), run.job())));
    if (!found.job().equals(run.job()) || !found.runId().equals(run.id())) {
      throw Refusal.at(
          Kind.CONFLICT,
          "/run/id",
          "Prediction %s is of run '%s' of job '%s'."
              .formatted(found.id(), found.runId(), found.job()));
    }
    return found;
  }

  private ObjectNode feedback(
      Connection connection, PredictionTable.Stored prediction, Arrived arrived)
      throws SQLException {
    Optional<Long> seq = RunTable.add(connection, arrived.run(), core.now(), "/run");
    List<String> events = new ArrayList<>();
    if (seq.isPresent()) {
      close(connection, arrived, seq.get());
      review(connection, prediction.job()).ifPresent(events::add);
    } else if (prediction.closing().isEmpty()) {
      throw Refusal.at(
          Kind.CONFLICT,
          "/run/id",
          "Run '%s' was known before its prediction was made, so it proves nothing of it."
              .formatted(arrived.run().id()));
    }
    ObjectNode json =
        PredictionJson.of(PredictionTable.byId(connection, prediction.id()).orElseThrow());
    json.put("already_closed", seq.isEmpty());
    Watch.Report report = core.watched(connection, prediction.job());
    json.put("drift", report.drift());
    events.forEach(json.putArray("events")::add);
    return json;
  }

  private record Rivals(JobTable.Version champion, JobTable.Version challenger) {}

  /** What both models say of a run that is not yet in the store. */
  private Arrived compared(Run run, String pointer) {
    if (!run.outcome().isFinished() || run.runtime().isZero()) {
      return new Arrived(run, pointer, Optional.empty());
    }
    Optional<Rivals> rivals = core.store().transaction(c -> rivals(c, run));
    return new Arrived(run, pointer, rivals.flatMap(both -> compared(run, both)));
  }

  /** Champion and challenger, where there are both and the run closes a prediction. */
  private static Optional<Rivals> rivals(Connection connection, Run run) throws SQLException {
    boolean open =
        PredictionTable.byRun(connection, run.job(), run.id())
            .filter(prediction -> prediction.closing().isEmpty())
            .isPresent();
    Optional<JobTable.Version> challenger =
        open ? JobTable.challenger(connection, run.job()) : Optional.empty();
    return challenger.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Rivals(JobTable.champion(connection, run.job()), challenger.orElseThrow()));
  }

  private Optional<Comparison> compared(Run run, Rivals rivals) {
    Optional<Double> champion = error(run, rivals.champion());
    Optional<Double> challenger = error(run, rivals.challenger());
    return champion.isEmpty() || challenger.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Comparison(
                rivals.champion().version(),
                rivals.challenger().version(),
                new Promotion.Trial(champion.get(), challenger.get())));
  }

  private Optional<Double> error(Run run, JobTable.Version version) {
    return core.models()
        .of(run.job(), version)
        .map(
            fit ->
                fit.runtime()
                    .predict(run.cluster(), run.inputs(), Prediction.CONFIDENCE)
                    .expected())
        .map(expected -> Math.abs(Math.log(expected / (run.runtime().toNanos() / 1e9))));
  }

  /** Closes the prediction of a run that was just added; false where there is none open. */
  private boolean close(Connection connection, Arrived arrived, long seq) throws SQLException {
    Run run = arrived.run();
    Optional<PredictionTable.Stored> prediction =
        PredictionTable.byRun(connection, run.job(), run.id())
            .filter(one -> one.closing().isEmpty());
    if (prediction.isEmpty()) {
      return false;
    }
    PredictionTable.close(
        connection,
        prediction.get().id(),
        new PredictionTable.Closing(
            core.now(),
            seq,
            run.runtime().toNanos() / 1e9,
            run.outcome(),
            isSame(run.cluster(), prediction.get().cluster())));
    if (arrived.comparison().isPresent()) {
      ComparisonTable.add(connection, run.job(), seq, arrived.comparison().get());
    }
    return true;
  }

  /** Machines of one type differ by what is reported as their memory: listed, or left for Spark. */
  private static boolean isSame(Cluster one, Cluster other) {
    return one.machineType().equals(other.machineType())
        && one.workers() == other.workers()
        && one.coresPerWorker() == other.coresPerWorker();
  }

  /** Promotes or rejects the challenger that is there, or calls for one where there is drift. */
  private Optional<String> review(Connection connection, String job) throws SQLException {
    Optional<JobTable.Version> challenger = JobTable.challenger(connection, job);
    return challenger.isPresent()
        ? judge(connection, job, challenger.get().version())
        : challenge(connection, job);
  }

  private Optional<String> judge(Connection connection, String job, int version)
      throws SQLException {
    int champion = JobTable.champion(connection, job).version();
    Promotion judged = Promotion.judge(ComparisonTable.of(connection, job, champion, version));
    if (judged instanceof Promotion.Better) {
      JobTable.promote(connection, job, version, OptionalInt.of(champion), core.now());
      return Optional.of("Model version " + version + " was promoted. " + judged.reason());
    }
    if (judged instanceof Promotion.NotBetter) {
      JobTable.setStatus(connection, job, version, JobTable.Status.REJECTED);
      return Optional.of("Model version " + version + " was rejected. " + judged.reason());
    }
    return Optional.empty();
  }

  private Optional<String> challenge(Connection connection, String job) throws SQLException {
    Watch.Report report = core.watched(connection, job);
    if (!report.drift()) {
      return Optional.empty();
    }
    long since = core.ofChampion(connection, job).get(report.since().orElse(0)).runSeq();
    JobTable.Version champion = JobTable.champion(connection, job);
    if (since <= champion.since() || tried(connection, job, since)) {
      return Optional.empty();
    }
    int version =
        JobTable.add(
            connection, job, champion.learner(), since, "drift: " + report.reason(), core.now());
    return Optional.of("Drift. Model version " + version + " is trained as the challenger.");
  }

  private static boolean tried(Connection connection, String job, long since) throws SQLException {
    return JobTable.versions(connection, job).stream().anyMatch(v -> v.since() == since);
  }
}
