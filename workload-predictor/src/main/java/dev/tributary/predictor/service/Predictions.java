package dev.tributary.predictor.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.predictor.PredictorException;
import dev.tributary.predictor.model.JobModel;
import dev.tributary.predictor.model.Prediction;
import dev.tributary.predictor.recommend.Constraints;
import dev.tributary.predictor.recommend.Platform;
import dev.tributary.predictor.run.Cluster;
import dev.tributary.predictor.run.Run;
import dev.tributary.predictor.service.Refusal.Kind;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.stream.DoubleStream;

/** Predicts and recommends; writes it down where the request names the run that it is for. */
final class Predictions {
  private static final int MOST_CANDIDATES = 5_000;
  private static final int NEAREST = 5;
  private static final int DEADLINE_RUNS = 10;

  private final Core core;

  Predictions(Core core) {
    this.core = core;
  }

  /** What a prediction is made from. */
  private record Setting(
      String job,
      Optional<String> runId,
      Map<String, Double> inputs,
      Mode mode,
      Mode effective,
      String whyEffective,
      Models.Fit fit) {}

  ObjectNode predict(JsonNode body) {
    At at = At.body(body).object("job", "run_id", "cluster", "inputs", "confidence");
    Cluster cluster = RunJson.cluster(at.get("cluster"));
    double confidence =
        at.maybe("confidence").map(At::confidence).orElse(ConstraintsJson.DEFAULT_CONFIDENCE);
    return recorded(
        at,
        setting -> {
          ObjectNode answer = head(setting);
          predictions(answer, setting, cluster, confidence);
          return new Made(answer, cluster, runtime(setting, cluster, confidence));
        });
  }

  ObjectNode recommend(JsonNode body) {
    At at =
        At.body(body)
            .object(
                "job",
                "run_id",
                "inputs",
                "current",
                "candidates",
                "constraints",
                "prices",
                "output");
    Constraints asked =
        at.maybe("constraints").map(ConstraintsJson::read).orElseGet(ConstraintsJson::none);
    Optional<Cluster> current = at.maybe("current").map(RunJson::cluster);
    List<Cluster> candidates =
        at.maybe("candidates")
            .map(list -> list.items(MOST_CANDIDATES).stream().map(RunJson::cluster).toList())
            .orElse(List.of());
    Optional<JsonNode> prices = at.maybe("prices").map(At::node);
    Platform platform = at.maybe("output").map(Predictions::platform).orElse(Platform.SPARK_SUBMIT);
    Optional<ObjectNode> first =
        new FirstPick(core).recommend(at, asked, current, candidates, prices, platform);
    return first.orElseGet(
        () ->
            recorded(
                at, setting -> recommended(setting, asked, current, candidates, prices, platform)));
  }

  private static Platform platform(At at) {
    try {
      return Platform.of(at.text());
    } catch (PredictorException e) {
      throw Refusal.at(Kind.INVALID_VALUE, at.pointer(), e.getMessage());
    }
  }

  private Made recommended(
      Setting setting,
      Constraints asked,
      Optional<Cluster> given,
      List<Cluster> candidates,
      Optional<JsonNode> prices,
      Platform platform) {
    List<Run> runs = setting.fit().runs();
    Cluster current = given.orElseGet(() -> runs.get(runs.size() - 1).cluster());
    OptionalDouble usual = asSlowAsNow(setting, current, asked.confidence());
    boolean derived = asked.deadline().isEmpty() && usual.isPresent();
    Constraints constraints =
        derived
            ? asked.with(
                Optional.of(ConstraintsJson.seconds(usual.getAsDouble())), OptionalDouble.empty())
            : asked;
    ObjectNode recommendation =
        core.advisor()
            .recommend(
                new Question(
                    setting.job(),
                    runs,
                    setting.fit().models(),
                    setting.inputs(),
                    Optional.of(current),
                    candidates,
                    constraints,
                    prices,
                    platform));
    boolean apply =
        setting.effective() == Mode.AUTO_APPLY
            && recommendation.path("advice").asBoolean()
            && !recommendation.path("fallback").asBoolean()
            && recommendation.path("chosen").hasNonNull("cluster");
    Cluster cluster =
        apply ? RunJson.cluster(At.body(recommendation.path("chosen").path("cluster"))) : current;
    ObjectNode answer = head(setting);
    answer.put("apply", apply);
    answer.set("cluster", RunJson.of(cluster));
    answer.set("constraints", ConstraintsJson.of(constraints));
    answer.put(
        "deadline_source",
        derived
            ? "no slower than it was, or may be on the present cluster"
            : asked.deadline().isPresent() ? "given" : "none");
    answer.set("recommendation", recommendation);
    predictions(answer, setting, cluster, constraints.confidence());
    return new Made(answer, cluster, runtime(setting, cluster, constraints.confidence()));
  }

  /**
   * What is not to be exceeded where nobody names a deadline: the slowest of the latest finished
   * runs, or what the present cluster may take if that is more.
   */
  private static OptionalDouble asSlowAsNow(Setting setting, Cluster current, double confidence) {
    List<Run> finished =
        setting.fit().runs().stream().filter(run -> run.outcome().isFinished()).toList();
    Prediction now = runtime(setting, current, confidence);
    return DoubleStream.concat(
            finished.stream()
                .skip(Math.max(0, finished.size() - DEADLINE_RUNS))
                .mapToDouble(run -> run.runtime().toNanos() / 1e9),
            now.known() ? DoubleStream.of(now.upper()) : DoubleStream.empty())
        .filter(seconds -> seconds > 0)
        .max();
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
    if (runId.isEmpty()) {
      return making.make(setting(job, runId, inputs)).answer().put("recorded", false);
    }
    core.writes().lock();
    try {
      Optional<PredictionTable.Stored> known =
          core.store().transaction(c -> PredictionTable.byRun(c, job, runId.get()));
      if (known.isPresent()) {
        return again(known.get(), at.node());
      }
      Setting setting = setting(job, runId, inputs);
      Made made = making.make(setting);
      String id = UUID.randomUUID().toString();
      ObjectNode answer = RunJson.MAPPER.createObjectNode();
      answer.put("prediction_id", id).setAll(made.answer());
      answer.put("recorded", true);
      core.store()
          .transaction(
              c -> {
                PredictionTable.add(
                    c,
                    new PredictionTable.Stored(
                        id,
                        job,
                        runId.get(),
                        core.now(),
                        setting.fit().version().version(),
                        at.node().toString(),
                        answer.toString(),
                        made.cluster(),
                        made.runtime(),
                        Optional.empty()));
                return id;
              });
      return answer;
    } finally {
      core.writes().unlock();
    }
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

  private Setting setting(String job, Optional<String> runId, Map<String, Double> inputs) {
    record Known(Mode mode, JobTable.Version champion, JobWatch.Report report) {}
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
    boolean held = known.mode() == Mode.AUTO_APPLY && known.report().drift();
    return new Setting(
        job,
        runId,
        inputs,
        known.mode(),
        held ? Mode.SUGGEST : known.mode(),
        held ? "Nothing is applied while the drift alarm stands. " + known.report().reason() : "",
        fit);
  }

  private static ObjectNode head(Setting setting) {
    ObjectNode answer = RunJson.MAPPER.createObjectNode().put("job", setting.job());
    setting.runId().ifPresent(id -> answer.put("run_id", id));
    answer.put("mode", setting.mode().text());
    answer.put("effective_mode", setting.effective().text());
    if (!setting.whyEffective().isEmpty()) {
      answer.put("mode_reason", setting.whyEffective());
    }
    return answer;
  }

  private static void predictions(
      ObjectNode answer, Setting setting, Cluster cluster, double confidence) {
    ObjectNode predicted = answer.putObject("prediction");
    for (Quantity quantity : Quantity.values()) {
      JobModel model = setting.fit().models().get(quantity);
      if (model != null) {
        predicted.set(
            quantity.text(), RunJson.of(model.predict(cluster, setting.inputs(), confidence)));
      }
    }
    answer.set("rests_on", restsOn(setting, cluster));
  }

  private static Prediction runtime(Setting setting, Cluster cluster, double confidence) {
    return setting.fit().runtime().predict(cluster, setting.inputs(), confidence);
  }

  private static ObjectNode restsOn(Setting setting, Cluster cluster) {
    JobTable.Version version = setting.fit().version();
    ObjectNode json =
        RunJson.MAPPER
            .createObjectNode()
            .put("model_version", version.version())
            .put("learner", version.learner())
            .put("runs", setting.fit().runs().size());
    ArrayNode nearest = json.putArray("nearest_runs");
    Map<Run, Double> distances = new LinkedHashMap<>();
    setting.fit().runs().forEach(run -> distances.put(run, distance(run, setting, cluster)));
    distances.entrySet().stream()
        .sorted(Comparator.comparingDouble(Map.Entry::getValue))
        .limit(NEAREST)
        .forEach(
            entry -> {
              Run run = entry.getKey();
              ObjectNode one = nearest.addObject().put("run_id", run.id());
              one.set("cluster", RunJson.of(run.cluster()));
              one.set("inputs", RunJson.numbers(run.inputs()));
              one.put("runtime_seconds", run.runtime().toNanos() / 1e9)
                  .put("outcome", run.outcome().name().toLowerCase(java.util.Locale.ROOT))
                  .put("distance", entry.getValue());
            });
    return json;
  }

  /** Log ratios of cores and inputs added up, and 1 for another machine type. */
  private static double distance(Run run, Setting setting, Cluster cluster) {
    double sum = Math.abs(Math.log((double) run.cluster().cores() / cluster.cores()));
    sum += run.cluster().machineType().equals(cluster.machineType()) ? 0 : 1;
    for (Map.Entry<String, Double> input : setting.inputs().entrySet()) {
      double here = input.getValue();
      double there = run.inputs().getOrDefault(input.getKey(), 0.0);
      if (here != there) {
        sum += here > 0 && there > 0 ? Math.abs(Math.log(here / there)) : 1;
      }
    }
    return sum;
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
