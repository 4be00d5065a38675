package dev.tributary.pipelines.identity;

import static org.apache.spark.sql.functions.col;

import dev.tributary.pipelines.identity.behaviour.BehaviourModel;
import dev.tributary.pipelines.identity.matching.FittedModel;
import dev.tributary.schemas.contract.IdentityMatchColumns;
import dev.tributary.schemas.contract.IdentityRecordColumns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Models in the lake: learned once, or when told, kept in {@code identity.models}, and from then on
 * bringing {@code identity.matches} to what they say of the records and devices there are.
 */
final class ModelEvidence {
  private final IdentityTables tables;
  private final Instant now;
  private final Consumer<String> progress;
  private final ModelStore models;

  ModelEvidence(IdentityTables tables, Instant now, Consumer<String> progress) {
    this.tables = tables;
    this.now = now;
    this.progress = progress;
    this.models = new ModelStore(tables);
  }

  /** The rules with the models that the lake has in force. */
  static IdentityRules standing(IdentityTables tables, IdentityRules rules) {
    List<String> inForce = new ArrayList<>();
    if (rules.models().any()) {
      for (ModelStore.Stored stored : new ModelStore(tables).all()) {
        if (stored.active() && names(rules).contains(stored.name())) {
          inForce.add(stored.rule());
        }
      }
    }
    return rules.inForce(inForce.stream().sorted().toList());
  }

  /** Refuses models that an earlier version learned: what they say does not hold in this one. */
  static void requireCurrent(IdentityTables tables, IdentityRules rules) {
    for (ModelStore.Stored stored : new ModelStore(tables).all()) {
      if (stored.active()
          && stored.kind().equals(ModelStore.RECORDS)
          && names(rules).contains(stored.name())
          && !FittedModel.current(stored.parameters())) {
        throw IdentityErrors.otherComparisons(stored.version());
      }
    }
  }

  private static List<String> names(IdentityRules rules) {
    List<String> names = new ArrayList<>();
    rules.models().records().forEach(rule -> names.add(rule.name()));
    rules.models().behaviour().ifPresent(rule -> names.add(rule.name()));
    return names;
  }

  /**
   * Learns what is missing and stores it.
   *
   * @param refit whether models that are there are learned anew
   * @return the rules with the models in force
   */
  IdentityRules learn(IdentityRules rules, boolean refit) {
    learned(rules, refit).values().forEach(models::put);
    return standing(tables, rules);
  }

  /** Models that were learned now, not stored, by name. */
  private Map<String, ModelStore.Stored> learned(IdentityRules rules, boolean refit) {
    Map<String, ModelStore.Stored> learned = new LinkedHashMap<>();
    for (RecordRule rule : rules.models().records()) {
      if (refit || models.active(rule.name()).isEmpty()) {
        progress.accept("learning model " + rule.name());
        new RecordEvidence(tables, rules, rule)
            .fit(progress)
            .map(FittedModel::json)
            .ifPresent(json -> add(learned, rule.name(), ModelStore.RECORDS, json));
      }
    }
    rules
        .models()
        .behaviour()
        .filter(rule -> refit || models.active(rule.name()).isEmpty())
        .ifPresent(
            rule -> {
              progress.accept("learning model " + rule.name());
              new DeviceEvidence(tables, rules, rule)
                  .fit(progress)
                  .map(BehaviourModel::json)
                  .ifPresent(json -> add(learned, rule.name(), ModelStore.BEHAVIOUR, json));
            });
    return learned;
  }

  private void add(
      Map<String, ModelStore.Stored> learned, String name, String kind, String parameters) {
    learned.put(name, models.next(name, kind, now, parameters));
  }

  /**
   * Brings the matches to what the models in force say of the tables as they are.
   *
   * @param anew whether to score everything again
   */
  void update(IdentityRules rules, boolean anew) {
    tables.create(IdentityMatchColumns.TABLE);
    tables.create(IdentityRecordColumns.TABLE);
    for (ModelStore.Stored stored : models.all()) {
      if (!stored.active()) {
        forget(stored.version());
      }
    }
    for (RecordRule rule : rules.models().records()) {
      models
          .active(rule.name())
          .ifPresent(
              stored -> {
                progress.accept("scoring records by " + stored.rule());
                new RecordEvidence(tables, rules, rule)
                    .update(stored.version(), stored.parameters(), anew);
              });
    }
    rules
        .models()
        .behaviour()
        .ifPresent(
            rule ->
                models
                    .active(rule.name())
                    .ifPresent(
                        stored -> {
                          progress.accept("scoring devices by " + stored.rule());
                          new DeviceEvidence(tables, rules, rule)
                              .update(stored.version(), stored.parameters(), anew);
                        }));
  }

  /** What an older version found is no evidence any more. */
  private void forget(String version) {
    EvidenceTables store = new EvidenceTables(tables);
    Column its = col(IdentityMatchColumns.MODEL_VERSION).equalTo(version);
    store.deleteWhere(IdentityMatchColumns.TABLE, its);
    store.deleteWhere(IdentityRecordColumns.TABLE, its);
  }

  /**
   * What the models would say, in a place of its own: the lake's tables stay as they are.
   *
   * @param rules with the models that would be in force
   */
  record Trial(IdentityRules rules, IdentityTables tables, Optional<Path> place)
      implements AutoCloseable {
    @Override
    public void close() {
      place.ifPresent(
          path -> {
            tables.readAt(IdentityMatchColumns.TABLE, null);
            try {
              path.getFileSystem(tables.hadoop()).delete(path, true);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }

  /** Scores everything for a look at it, by models that are learned where that is asked for. */
  Trial trial(IdentityRules rules, boolean refit) {
    if (!rules.models().any()) {
      return new Trial(rules, tables, Optional.empty());
    }
    Map<String, ModelStore.Stored> learned = learned(rules, refit);
    Map<String, ModelStore.Stored> all = new LinkedHashMap<>();
    for (String name : names(rules)) {
      Optional.ofNullable(learned.get(name))
          .or(() -> models.active(name))
          .ifPresent(stored -> all.put(name, stored));
    }
    IdentityRules inForce =
        rules.inForce(all.values().stream().map(ModelStore.Stored::rule).sorted().toList());
    Dataset<Row> matches = external();
    for (RecordRule rule : rules.models().records()) {
      ModelStore.Stored stored = all.get(rule.name());
      if (stored != null) {
        matches =
            matches.unionByName(
                new RecordEvidence(tables, rules, rule).all(stored.version(), stored.parameters()));
      }
    }
    Optional<BehaviourRule> behaviour = rules.models().behaviour();
    if (behaviour.isPresent() && all.containsKey(behaviour.get().name())) {
      ModelStore.Stored stored = all.get(behaviour.get().name());
      matches =
          matches.unionByName(
              new DeviceEvidence(tables, rules, behaviour.get())
                  .all(stored.version(), stored.parameters()));
    }
    Path place = new Path(tables.lake().path("_identity/work/" + UUID.randomUUID()));
    matches
        .select(EvidenceTables.columns(IdentityMatchColumns.TABLE))
        .write()
        .format("delta")
        .save(place.toString());
    tables.readAt(IdentityMatchColumns.TABLE, place.toString());
    return new Trial(inForce, tables, Optional.of(place));
  }

  /** Matches that are not the lake's own models'. */
  private Dataset<Row> external() {
    Dataset<Row> matches = tables.now(IdentityMatchColumns.TABLE);
    for (ModelStore.Stored stored : models.all()) {
      matches = matches.where(col(IdentityMatchColumns.MODEL_VERSION).notEqual(stored.version()));
    }
    return matches;
  }
}
