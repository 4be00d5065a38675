package dev.tributary.predictor.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.predictor.online.Promotion;
import dev.tributary.predictor.online.Watch;
import dev.tributary.predictor.service.Refusal.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** How a job stands: its accuracy, its mode, its models, and who may change them. */
final class Standing {
  /** Closed predictions on a known cluster that auto-apply asks for. */
  static final int FEWEST_FOR_AUTO_APPLY = 5;

  /** And how much less than promised their intervals may have covered. */
  static final double TOLERANCE = 0.2;

  private final Core core;

  Standing(Core core) {
    this.core = core;
  }

  ObjectNode accuracy(String job, int series) {
    return core.store().transaction(c -> accuracy(c, job, series));
  }

  private ObjectNode accuracy(Connection connection, String job, int series) throws SQLException {
    Core.mode(connection, job);
    List<PredictionTable.Stored> closed = PredictionTable.closed(connection, job, Core.MOST_CLOSED);
    List<PredictionTable.Stored> scored =
        closed.stream().filter(one -> one.closing().orElseThrow().scores()).toList();
    Watch.Report all = core.watch().judge(scored.stream().map(Core::closed).toList());
    Watch.Report champion = core.watched(connection, job);
    long[] open =
        PredictionTable.openAndOrphans(connection, job, core.now().minus(Core.ORPHAN_AFTER));
    ObjectNode json =
        RunJson.MAPPER
            .createObjectNode()
            .put("job", job)
            .put("runs", RunTable.count(connection, job))
            .put("closed", closed.size())
            .put("scored", scored.size())
            .put("open", open[0])
            .put("orphans", open[1])
            .put("window", all.considered());
    all.mape().ifPresent(value -> json.put("mape", value));
    all.coverage().ifPresent(value -> json.put("coverage", value));
    scored.stream()
        .mapToDouble(one -> one.runtime().confidence())
        .average()
        .ifPresent(value -> json.put("confidence", value));
    json.putObject("drift").put("alarm", champion.drift()).put("reason", champion.reason());
    json.set(
        "series",
        PredictionJson.of(scored.subList(Math.max(0, scored.size() - series), scored.size())));
    return json;
  }

  ArrayNode jobs() {
    return core.store()
        .transaction(
            c -> {
              ArrayNode json = RunJson.MAPPER.createArrayNode();
              for (String job : JobTable.all(c)) {
                ObjectNode one = accuracy(c, job, 0);
                one.remove("series");
                one.put("mode", Core.mode(c, job).text());
                one.put("model_version", JobTable.champion(c, job).version());
                json.add(one);
              }
              return json;
            });
  }

  ObjectNode setMode(JsonNode body) {
    At at = At.body(body).object("job", "mode", "force");
    String job = at.get("job").text();
    String text = at.get("mode").text();
    Mode mode =
        Mode.of(text)
            .orElseThrow(
                () ->
                    at.get("mode")
                        .range("is one of shadow, suggest, auto-apply, not '" + text + "'"));
    boolean force = at.maybe("force").map(At::flag).orElse(false);
    return write(
        c -> {
          Mode before = Core.mode(c, job);
          if (mode.ordinal() > before.ordinal() && !force) {
            allowed(c, job, before, mode);
          }
          JobTable.setMode(c, job, mode);
          return RunJson.MAPPER
              .createObjectNode()
              .put("job", job)
              .put("mode", mode.text())
              .put("before", before.text());
        });
  }

  private void allowed(Connection connection, String job, Mode before, Mode after)
      throws SQLException {
    if (after.ordinal() > before.ordinal() + 1) {
      throw conflict(
          "/mode",
          "Job '%s' is in mode %s; the next is %s. Step by step, or with force."
              .formatted(job, before.text(), Mode.values()[before.ordinal() + 1].text()));
    }
    if (after != Mode.AUTO_APPLY) {
      return;
    }
    List<PredictionTable.Scored> scored = core.ofChampion(connection, job);
    Watch.Report report = core.watched(connection, job);
    double promised =
        scored.stream()
            .mapToDouble(one -> one.closed().predicted().confidence())
            .average()
            .orElse(0);
    if (scored.size() < FEWEST_FOR_AUTO_APPLY
        || report.drift()
        || report.coverage().orElse(0) < promised - TOLERANCE) {
      throw conflict(
          "/mode",
          "Auto-apply asks for %d scored predictions of this model that cover what they promise, and no drift; job '%s' has %d, coverage %s, drift %s."
              .formatted(
                  FEWEST_FOR_AUTO_APPLY,
                  job,
                  scored.size(),
                  report.coverage().isPresent()
                      ? "%.2f of %.2f".formatted(report.coverage().getAsDouble(), promised)
                      : "unknown",
                  report.drift()));
    }
  }

  ArrayNode models(String job) {
    return core.store()
        .transaction(
            c -> {
              Core.mode(c, job);
              return models(c, job);
            });
  }

  private static ArrayNode models(Connection connection, String job) throws SQLException {
    ArrayNode json = RunJson.MAPPER.createArrayNode();
    int champion = JobTable.champion(connection, job).version();
    for (JobTable.Version version : JobTable.versions(connection, job)) {
      ObjectNode one =
          json.addObject()
              .put("version", version.version())
              .put("learner", version.learner())
              .put("since_run", version.since())
              .put("status", version.status().name().toLowerCase(Locale.ROOT))
              .put("cause", version.cause())
              .put("created_at", RunJson.time(version.createdAt()));
      version.championSince().ifPresent(at -> one.put("champion_since", RunJson.time(at)));
      version.replaced().ifPresent(before -> one.put("replaced", before));
      if (version.status() == JobTable.Status.CHALLENGER) {
        one.put(
            "standing",
            Promotion.judge(ComparisonTable.of(connection, job, champion, version.version()))
                .reason());
      }
    }
    return json;
  }

  /** Trains a challenger on request. */
  ArrayNode challenge(JsonNode body) {
    At at = At.body(body).object("job", "learner", "latest_runs");
    String job = at.get("job").text();
    Optional<At> asked = at.maybe("learner");
    List<String> learners = core.advisor().learners();
    if (asked.isPresent() && !learners.contains(asked.get().text())) {
      throw asked.get().range("is one of " + learners + ", not '" + asked.get().text() + "'");
    }
    OptionalInt latest = at.maybeInteger("latest_runs", 1, RunTable.MOST_FITTED);
    return write(
        c -> {
          Core.mode(c, job);
          JobTable.Version champion = JobTable.champion(c, job);
          if (JobTable.challenger(c, job).isPresent()) {
            throw conflict(
                "/job", "Job '" + job + "' has a challenger; promote or roll back first.");
          }
          long since =
              latest.isPresent()
                  ? RunTable.of(c, job, 0, Long.MAX_VALUE, latest.getAsInt()).get(0).seq()
                  : champion.since();
          String learner = asked.map(At::text).orElse(champion.learner());
          if (since == champion.since() && learner.equals(champion.learner())) {
            throw conflict(
                "/learner", "That is what the champion does. Name another learner or latest_runs.");
          }
          JobTable.add(c, job, learner, since, "asked for", core.now());
          return models(c, job);
        });
  }

  ArrayNode promote(JsonNode body) {
    At at = At.body(body).object("job", "force");
    String job = at.get("job").text();
    boolean force = at.maybe("force").map(At::flag).orElse(false);
    return write(
        c -> {
          Core.mode(c, job);
          JobTable.Version champion = JobTable.champion(c, job);
          JobTable.Version challenger =
              JobTable.challenger(c, job)
                  .orElseThrow(() -> conflict("/job", "Job '" + job + "' has no challenger."));
          Promotion judged =
              Promotion.judge(ComparisonTable.of(c, job, champion.version(), challenger.version()));
          if (!(judged instanceof Promotion.Better) && !force) {
            throw conflict("/job", "The challenger is not better yet. " + judged.reason());
          }
          JobTable.promote(
              c, job, challenger.version(), OptionalInt.of(champion.version()), core.now());
          return models(c, job);
        });
  }

  ArrayNode rollback(JsonNode body) {
    At at = At.body(body).object("job");
    String job = at.get("job").text();
    return write(
        c -> {
          Core.mode(c, job);
          JobTable.Version champion = JobTable.champion(c, job);
          if (champion.replaced().isEmpty()) {
            throw conflict("/job", "The model of job '" + job + "' replaced no other.");
          }
          JobTable.Version before =
              JobTable.versions(c, job).get(champion.replaced().getAsInt() - 1);
          JobTable.promote(c, job, before.version(), before.replaced(), core.now());
          return models(c, job);
        });
  }

  private <T> T write(Store.Work<T> work) {
    core.writes().lock();
    try {
      return core.store().transaction(work);
    } finally {
      core.writes().unlock();
    }
  }

  private static Refusal conflict(String pointer, String detail) {
    return Refusal.at(Kind.CONFLICT, pointer, detail);
  }
}
