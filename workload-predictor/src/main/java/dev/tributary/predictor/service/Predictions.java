package dev.tributary.predictor.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.predictor.PredictorException;
import dev.tributary.predictor.model.Prediction;
import dev.tributary.predictor.online.NextInputs;
import dev.tributary.predictor.recommend.Platform;
import dev.tributary.predictor.recommend.Recommendation;
import dev.tributary.predictor.run.Cluster;
import dev.tributary.predictor.service.Refusal.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Predicts and recommends; writes it down where the request names the run that it is for. */
final class Predictions {
  private static final int MOST_CANDIDATES = 5_000;

  private final Core core;

  Predictions(Core core) {
    this.core = core;
  }

  ObjectNode predict(JsonNode body) {
    At at = At.body(body).object("job", "run_id", "cluster", "inputs", "starts", "confidence");
    Cluster cluster = RunJson.cluster(at.get("cluster"));
    double confidence = at.maybe("confidence").map(At::confidence).orElse(Prediction.CONFIDENCE);
    return recorded(
        at,
        setting -> {
          ObjectNode answer = setting.head();
          setting.predictions(answer, cluster, confidence);
          return new Made(answer, cluster, setting.runtime(cluster, confidence));
        });
  }

  ObjectNode recommend(JsonNode body) {
    At at =
        At.body(body)
            .object(
                "job",
                "run_id",
                "inputs",
                "starts",
                "current",
                "candidates",
                "constraints",
                "prices",
                "output");
    ClusterChoice.Asked asked =
        new ClusterChoice.Asked(
            at.maybe("constraints").map(ConstraintsJson::read).orElseGet(ConstraintsJson::none),
            at.maybe("current").map(RunJson::cluster),
            at.maybe("candidates")
                .map(list -> list.items(MOST_CANDIDATES).stream().map(RunJson::cluster).toList())
                .orElse(List.of()),
            at.maybe("prices").map(At::node),
            at.maybe("output").map(Predictions::platform).orElse(Platform.SPARK_SUBMIT));
    return new FirstPick(core)
        .recommend(at, asked)
        .orElseGet(() -> recorded(at, setting -> recommended(setting, asked)));
  }

  /** The same without a request in JSON; nothing is written. */
  Recommended recommend(
      String job, Map<String, Double> given, Instant starts, ClusterChoice.Asked asked) {
    Optional<Recommendation> first = new FirstPick(core).choose(job, given, asked);
    if (first.isPresent()) {
      return new Recommended(first.get(), new NextInputs(given, List.of()));
    }
    Setting setting = Setting.of(core, job, Optional.empty(), given, starts);
    return new Recommended(
        ClusterChoice.of(core.advisor(), setting, asked).answer(), setting.inputs());
  }

  private static Platform platform(At at) {
    try {
      return Platform.of(at.text());
    } catch (PredictorException e) {
      throw Refusal.at(Kind.INVALID_VALUE, at.pointer(), e.getMessage());
    }
  }

  private Made recommended(Setting setting, ClusterChoice.Asked asked) {
    ClusterChoice choice = ClusterChoice.of(core.advisor(), setting, asked);
    Optional<Cluster> applied = choice.applied(setting);
    Cluster cluster = applied.orElse(choice.current());
    double confidence = choice.constraints().confidence();
    ObjectNode answer = setting.head();
    answer.put("apply", applied.isPresent());
    answer.set("cluster", RunJson.of(cluster));
    answer.set("constraints", ConstraintsJson.of(choice.constraints()));
    answer.put("deadline_source", choice.deadlineSource());
    answer.set("recommendation", AdviceJson.of(choice.answer(), setting.fit().runtime()));
    setting.predictions(answer, cluster, confidence);
    return new Made(answer, cluster, setting.runtime(cluster, confidence));
  }

  private record Made(ObjectNode answer, Cluster cluster, Prediction runtime) {}

  private interface Making {
    Made make(Setting setting);
  }

  /** Makes an answer; one that names its run is made once and written before it is given. */
  private ObjectNode recorded(At at, Making making) {
    String job = at.get("job").text();
    Optional<String> runId = at.maybe("run_id").map(At::text);
    Map<String, Double> inputs = at.maybe("inputs").map(At::numbers).orElse(Map.of());
    Instant starts = at.maybe("starts").map(At::instant).orElseGet(core::now);
    if (runId.isEmpty()) {
      return making
          .make(Setting.of(core, job, runId, inputs, starts))
          .answer()
          .put("recorded", false);
    }
    core.writes().lock();
    try {
      Optional<PredictionTable.Stored> known =
          core.store().transaction(c -> unlessRun(c, job, runId.get()));
      return known.isPresent()
          ? again(known.get(), at.node())
          : written(at.node(), Setting.of(core, job, runId, inputs, starts), making);
    } finally {
      core.writes().unlock();
    }
  }

  /**
   * The prediction of a run that was asked for before.
   *
   * @throws Refusal where there is none, and the run has been
   */
  static Optional<PredictionTable.Stored> unlessRun(Connection connection, String job, String runId)
      throws SQLException {
    Optional<PredictionTable.Stored> known = PredictionTable.byRun(connection, job, runId);
    if (known.isEmpty()) {
      RunTable.requireNew(connection, job, runId);
    }
    return known;
  }

  private ObjectNode written(JsonNode request, Setting setting, Making making) {
    Made made = making.make(setting);
    String id = UUID.randomUUID().toString();
    ObjectNode answer = RunJson.MAPPER.createObjectNode();
    answer.put("prediction_id", id).setAll(made.answer());
    answer.put("recorded", true);
    PredictionTable.Stored stored =
        new PredictionTable.Stored(
            id,
            setting.job(),
            setting.runId().orElseThrow(),
            core.now(),
            setting.fit().version().version(),
            request.toString(),
            answer.toString(),
            made.cluster(),
            made.runtime(),
            Optional.empty());
    core.store()
        .transaction(
            c -> {
              PredictionTable.add(c, stored);
              return id;
            });
    return answer;
  }

  private static ObjectNode again(PredictionTable.Stored known, JsonNode request) {
    if (!RunJson.parsed(known.request()).equals(RunJson.parsed(request.toString()))) {
      throw Refusal.at(
          Kind.CONFLICT,
          "/run_id",
          "Run '%s' of job '%s' has prediction %s, made for another request."
              .formatted(known.runId(), known.job(), known.id()));
    }
    return (ObjectNode) RunJson.parsed(known.answer());
  }

  /** What a written prediction rested on, and what came of it. */
  ObjectNode explanation(String id) {
    PredictionTable.Stored one =
        core.store()
            .transaction(c -> PredictionTable.byId(c, id))
            .orElseThrow(
                () ->
                    Refusal.at(
                        Kind.UNKNOWN_PREDICTION,
                        "prediction",
                        "There is no prediction '" + id + "'."));
    ObjectNode json = PredictionJson.of(one);
    json.set("request", RunJson.parsed(one.request()));
    json.set("answer", RunJson.parsed(one.answer()));
    return json;
  }
}
