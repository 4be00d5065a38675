package dev.tributary.pipelines.identity;

import dev.tributary.pipelines.job.ConfigBinder;
import dev.tributary.pipelines.job.JobContext;
import dev.tributary.pipelines.job.JobResult;
import dev.tributary.pipelines.lake.Lake;
import dev.tributary.pipelines.lake.LakeSession;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** A small lake with a timeline and accounts, on which the job runs as it does in earnest. */
final class IdentityLake {
  private static final StructType EVENT =
      new StructType()
          .add("message_id", DataTypes.StringType)
          .add("event_time", DataTypes.TimestampType)
          .add("type", DataTypes.StringType)
          .add("source", DataTypes.StringType)
          .add("anonymous_id", DataTypes.StringType)
          .add("user_id", DataTypes.StringType)
          .add("previous_id", DataTypes.StringType)
          .add("landed_at", DataTypes.TimestampType)
          .add("event_date", DataTypes.DateType);
  private static final StructType ACCOUNT =
      new StructType()
          .add("message_id", DataTypes.StringType)
          .add("event_time", DataTypes.TimestampType)
          .add("source", DataTypes.StringType)
          .add("user_id", DataTypes.StringType)
          .add("email", DataTypes.StringType)
          .add("email_verified", DataTypes.BooleanType)
          .add("phone", DataTypes.StringType);

  static final Instant DAY = Instant.parse("2026-01-01T00:00:00Z");

  private final Path directory;
  private final Lake lake;
  private final Map<String, String> settings;
  private int messages;

  IdentityLake(Path directory) {
    this.directory = directory;
    this.lake = Lake.at(directory);
    this.settings = Map.of();
  }

  /** A lake on a store, which Spark is told how to reach. */
  IdentityLake(Lake lake, Map<String, String> settings) {
    this.directory = null;
    this.lake = lake;
    this.settings = settings;
  }

  /** An event of the timeline at a second of the day. */
  record Event(int second, String type, String anonymous, String user, String previous) {
    static Event login(int second, String anonymous, String user) {
      return new Event(second, "track", anonymous, user, null);
    }
  }

  /** What an account said of itself at a second of the day. */
  record Account(int second, String user, String email, boolean verified, String phone) {}

  /** Where an account said that it lives, at a second of the day. */
  record Home(int second, String user, String street) {}

  Path directory() {
    return directory;
  }

  SparkSession spark() {
    LakeSession.useUtc();
    return new LakeSession(lake, "identity test", settings)
        .with("spark.sql.shuffle.partitions", "2")
        .open();
  }

  void land(List<Event> events) {
    List<Row> rows = new ArrayList<>();
    for (Event e : events) {
      Timestamp at = Timestamp.from(DAY.plusSeconds(e.second()));
      rows.add(
          RowFactory.create(
              "m" + messages++,
              at.toInstant(),
              e.type(),
              "web",
              e.anonymous(),
              e.user(),
              e.previous(),
              Instant.now(),
              java.time.LocalDate.of(2026, 1, 1)));
    }
    save(rows, EVENT, "silver/activity", "event_date");
  }

  void accounts(List<Account> accounts) {
    List<Row> rows = new ArrayList<>();
    for (Account a : accounts) {
      rows.add(
          RowFactory.create(
              "a" + messages++,
              DAY.plusSeconds(a.second()),
              "web",
              a.user(),
              a.email(),
              a.verified(),
              a.phone()));
    }
    save(rows, ACCOUNT, "silver/identified_v1");
  }

  /** Before any {@link #accounts}, which have fewer columns. */
  void homes(List<Home> homes) {
    StructType address =
        new StructType()
            .add("street", "string")
            .add("postal_code", "string")
            .add("country", "string");
    List<Row> rows = new ArrayList<>();
    for (Home home : homes) {
      rows.add(
          RowFactory.create(
              "h" + messages++,
              DAY.plusSeconds(home.second()),
              "web",
              home.user(),
              null,
              false,
              null,
              RowFactory.create(home.street(), "AB1 2CD", "GB")));
    }
    save(rows, ACCOUNT.add("address", address), "silver/identified_v1");
  }

  void consent(String id, String subject, String status, int second) {
    StructType schema =
        new StructType()
            .add("consent_id", "string")
            .add("subject", "string")
            .add("purpose", "string")
            .add("status", "string")
            .add("at", "timestamp");
    save(
        List.of(
            RowFactory.create(id, subject, "identity_resolution", status, DAY.plusSeconds(second))),
        schema,
        "governance/consent");
  }

  void save(List<Row> rows, StructType schema, String table, String... partitions) {
    spark()
        .createDataFrame(rows, schema)
        .coalesce(1)
        .write()
        .format("delta")
        .mode("append")
        .partitionBy(partitions)
        .save(lake.path(table));
  }

  JobResult run(String... arguments) {
    try {
      return new IdentityJob()
          .run(
              JobContext.of(lake.toString(), spark()),
              ConfigBinder.bind(IdentityConfig.class, arguments));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** identifier → profile, as of now. */
  Map<String, String> links() {
    Map<String, String> links = new TreeMap<>();
    for (Row row :
        spark()
            .sql(
                "SELECT identifier_type || ':' || identifier_value, profile_id FROM identity.links"
                    + " WHERE valid_to IS NULL")
            .collectAsList()) {
      String before = links.put(row.getString(0), row.getString(1));
      if (before != null) {
        throw new AssertionError(
            row.getString(0) + " is in " + before + " and " + row.getString(1));
      }
    }
    return links;
  }

  List<String> rows(String sql) {
    return spark().sql(sql).collectAsList().stream().map(Row::toString).toList();
  }
}
