package dev.tributary.predictor.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.predictor.online.Watch;
import dev.tributary.predictor.recommend.Constraints;
import dev.tributary.predictor.recommend.Platform;
import dev.tributary.predictor.service.Refusal.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * All that the service does, JSON in and JSON out; the OpenAPI document describes the forms. What
 * is answered is stored. A request that is refused ({@link Refusal}) leaves nothing behind.
 *
 * <p>One process at a time has a store open; see {@link #open}.
 */
public final class PredictorApi implements AutoCloseable {
  /** The file that makes a directory a store. */
  public static final String STORE_FILE = Store.FILE;

  private final Core core;
  private final Predictions predictions;
  private final Outcomes outcomes;
  private final Standing standing;

  private PredictorApi(Core core) {
    this.core = core;
    this.predictions = new Predictions(core);
    this.outcomes = new Outcomes(core);
    this.standing = new Standing(core);
  }

  /**
   * Opens a store, making it where there is none.
   *
   * @param directory on a local disk
   * @param prices a file of prices; empty where requests bring theirs
   * @param holder who opens it, for the message that another process gets meanwhile
   * @param wait how long to wait for another process that has it open
   * @throws dev.tributary.predictor.PredictorException where it is locked, newer, or not usable
   */
  public static PredictorApi open(
      Path directory, Optional<Path> prices, String holder, Duration wait) {
    return open(directory, Plugs.advisor(prices), Watch.latest(), Clock.systemUTC(), holder, wait);
  }

  /** Whether there is a store in a directory; makes none. */
  public static boolean isStore(Path directory) {
    return Files.isRegularFile(directory.resolve(STORE_FILE));
  }

  static PredictorApi open(
      Path directory, Advisor advisor, Watch watch, Clock clock, String holder, Duration wait) {
    Store store = Store.open(directory, holder, wait);
    return new PredictorApi(
        new Core(store, new Models(store, advisor), advisor, watch, clock, new ReentrantLock()));
  }

  /** Adds a run or an array of runs, all or none; those that are known change nothing. */
  public ObjectNode addRuns(JsonNode body) {
    return outcomes.add(body);
  }

  /**
   * The latest runs of a job, the newest first.
   *
   * @param before only runs with a smaller {@code seq}
   * @param limit 1 to 1,000
   */
  public ArrayNode runs(String job, long before, int limit) {
    return core.store()
        .transaction(
            c -> {
              Core.mode(c, job);
              ArrayNode json = RunJson.MAPPER.createArrayNode();
              List<RunTable.Stored> runs = RunTable.of(c, job, 0, before, limit);
              for (int i = runs.size() - 1; i >= 0; i--) {
                ObjectNode one = json.addObject().put("seq", runs.get(i).seq());
                one.setAll(RunJson.of(runs.get(i).run()));
              }
              return json;
            });
  }

  /** Predicts one run on one cluster. */
  public ObjectNode predict(JsonNode body) {
    return predictions.predict(body);
  }

  /** Chooses a cluster for one run, and predicts it on the cluster that it will have. */
  public ObjectNode recommend(JsonNode body) {
    return predictions.recommend(body);
  }

  /**
   * What {@link #recommend} says to a caller who has no JSON; nothing is written.
   *
   * @param inputs of the run; those that are left out are forecast
   * @param starts when the run is to start; empty for now
   * @param constraints {@link #unconstrained} with what is asked for
   * @throws Refusal where the job is not known or the constraints cannot be kept
   */
  public Recommended recommendation(
      String job,
      Map<String, Double> inputs,
      Optional<Instant> starts,
      Constraints constraints,
      Platform platform) {
    return predictions.recommend(
        job,
        inputs,
        starts.orElseGet(core::now),
        new ClusterChoice.Asked(
            constraints, Optional.empty(), List.of(), Optional.empty(), platform));
  }

  /** No constraints but the confidence that the service has by default. */
  public static Constraints unconstrained() {
    return ConstraintsJson.none();
  }

  /** Closes a prediction by its outcome. */
  public ObjectNode feedback(JsonNode body) {
    return outcomes.feedback(body);
  }

  /**
   * Predictions of a job, the oldest first.
   *
   * @param state all, open, closed, or orphan
   */
  public ArrayNode predictions(String job, String state, int limit) {
    return core.store()
        .transaction(
            c -> {
              Core.mode(c, job);
              return switch (state.toLowerCase(Locale.ROOT)) {
                case "all" -> PredictionJson.of(PredictionTable.latest(c, job, limit));
                case "open" -> PredictionJson.of(PredictionTable.open(c, job, limit));
                case "closed" -> PredictionJson.of(PredictionTable.closed(c, job, limit));
                case "orphan" ->
                    PredictionJson.of(
                        PredictionTable.open(c, job, limit).stream()
                            .filter(
                                one -> one.madeAt().isBefore(core.now().minus(Core.ORPHAN_AFTER)))
                            .toList());
                default ->
                    throw Refusal.at(
                        Kind.INVALID_VALUE,
                        "state",
                        "The state is one of all, open, closed, orphan, not '" + state + "'.");
              };
            });
  }

  /** What a written prediction rested on, and what came of it. */
  public ObjectNode explanation(String predictionId) {
    return predictions.explanation(predictionId);
  }

  /**
   * Rolling error and coverage of a job.
   *
   * @param series how many of the latest scored predictions to list
   */
  public ObjectNode accuracy(String job, int series) {
    return standing.accuracy(job, series);
  }

  /** The latest recommendation of a job that was written down. */
  public ObjectNode frontier(String job) {
    return core.store()
        .transaction(
            c -> {
              Core.mode(c, job);
              ObjectNode json = RunJson.MAPPER.createObjectNode().put("job", job);
              List<PredictionTable.Stored> latest =
                  PredictionTable.latest(c, job, Core.MOST_CLOSED);
              for (int i = latest.size() - 1; i >= 0; i--) {
                JsonNode made = RunJson.parsed(latest.get(i).answer()).path("recommendation");
                if (made.isObject()) {
                  json.put("prediction_id", latest.get(i).id())
                      .put("made_at", RunJson.time(latest.get(i).madeAt()));
                  json.set("chosen", made.path("chosen"));
                  json.set("frontier", made.path("frontier"));
                  return json;
                }
              }
              json.putNull("chosen");
              json.putArray("frontier");
              return json;
            });
  }

  /** All jobs with their standing. */
  public ArrayNode jobs() {
    return standing.jobs();
  }

  /** Sets how far a job follows its recommendations. */
  public ObjectNode setMode(JsonNode body) {
    return standing.setMode(body);
  }

  /** The versions of a job's model. */
  public ArrayNode models(String job) {
    return standing.models(job);
  }

  /** Trains a challenger. */
  public ArrayNode challenge(JsonNode body) {
    return standing.challenge(body);
  }

  /** Makes the challenger the champion where it is better on what came after it. */
  public ArrayNode promote(JsonNode body) {
    return standing.promote(body);
  }

  /** Brings back the champion before the present one. */
  public ArrayNode rollback(JsonNode body) {
    return standing.rollback(body);
  }

  /** Fails where the store cannot be read. */
  public void ping() {
    core.store().transaction(JobTable::all);
  }

  /** Tells other processes where this one can be asked. */
  public void describe(String holder) {
    core.store().describe(holder);
  }

  @Override
  public void close() {
    core.store().close();
  }
}
