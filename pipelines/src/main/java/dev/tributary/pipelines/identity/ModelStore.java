package dev.tributary.pipelines.identity;

import static org.apache.spark.sql.functions.col;

import dev.tributary.schemas.contract.IdentityModelColumns;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** The table {@code identity.models}: few rows, a version each. */
final class ModelStore {
  static final String RECORDS = "records";
  static final String BEHAVIOUR = "behaviour";

  private final IdentityTables tables;

  ModelStore(IdentityTables tables) {
    this.tables = tables;
  }

  /**
   * A version of a model.
   *
   * @param version {@code name-n}
   * @param kind {@link #RECORDS} or {@link #BEHAVIOUR}
   * @param parameters as JSON
   */
  record Stored(
      String version,
      String name,
      String kind,
      Instant created,
      String parameters,
      boolean active) {
    /** The rule of the evidence that it makes. */
    String rule() {
      return (kind.equals(BEHAVIOUR) ? ModelRules.BEHAVIOUR_PREFIX : ModelRules.MODEL_PREFIX)
          + version;
    }

    /** SHA-256 of the parameters, 64 hex digits. */
    String fingerprint() {
      try {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        return HexFormat.of().formatHex(digest.digest(parameters.getBytes(StandardCharsets.UTF_8)));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every JDK has SHA-256", e);
      }
    }
  }

  /** All versions, the oldest first. */
  List<Stored> all() {
    if (tables.version(IdentityModelColumns.TABLE) < 0) {
      return List.of();
    }
    List<Stored> all = new ArrayList<>();
    for (Row row :
        tables
            .now(IdentityModelColumns.TABLE)
            .select(
                col(IdentityModelColumns.VERSION),
                col(IdentityModelColumns.NAME),
                col(IdentityModelColumns.KIND),
                col(IdentityModelColumns.CREATED),
                col(IdentityModelColumns.PARAMETERS),
                col(IdentityModelColumns.FINGERPRINT),
                col(IdentityModelColumns.ACTIVE))
            .orderBy(IdentityModelColumns.CREATED, IdentityModelColumns.VERSION)
            .collectAsList()) {
      Stored stored =
          new Stored(
              row.getString(0),
              row.getString(1),
              row.getString(2),
              EvidenceTables.instant(row.get(3)),
              row.getString(4),
              row.getBoolean(6));
      if (!stored.fingerprint().equals(row.getString(5))) {
        throw IdentityErrors.modelChanged(stored.version());
      }
      all.add(stored);
    }
    return all;
  }

  /** The version in force. */
  Optional<Stored> active(String name) {
    return all().stream().filter(one -> one.active() && one.name().equals(name)).findFirst();
  }

  Optional<Stored> version(String version) {
    return all().stream().filter(one -> one.version().equals(version)).findFirst();
  }

  /** The next version of a model, not yet stored. */
  Stored next(String name, String kind, Instant now, String parameters) {
    long known = all().stream().filter(one -> one.name().equals(name)).count();
    return new Stored(name + "-" + (known + 1), name, kind, now, parameters, true);
  }

  /** Stores a version, which is the one in force from now on. */
  void put(Stored added) {
    List<Row> rows = new ArrayList<>();
    for (Stored one : all()) {
      if (!one.version().equals(added.version())) {
        rows.add(row(one, one.active() && !one.name().equals(added.name())));
      }
    }
    rows.add(row(added, true));
    tables.overwrite(
        IdentityModelColumns.TABLE,
        tables
            .spark()
            .createDataFrame(rows, tables.schemaOf(IdentityModelColumns.TABLE))
            .coalesce(1),
        rows.size());
  }

  private static Row row(Stored one, boolean active) {
    return RowFactory.create(
        one.version(),
        one.name(),
        one.kind(),
        one.created(),
        one.parameters(),
        one.fingerprint(),
        active);
  }
}
