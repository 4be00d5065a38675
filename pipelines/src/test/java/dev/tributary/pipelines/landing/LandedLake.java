package dev.tributary.pipelines.landing;

import dev.tributary.pipelines.job.ConfigBinder;
import dev.tributary.pipelines.job.JobContext;
import dev.tributary.pipelines.job.JobResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A lake of a test with the jobs that land, check, replay and repair it. */
record LandedLake(Path directory, SparkSession spark, String broker, Path schemas, Path plan) {

  Map<String, Object> land(String topic, String... more) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "name=" + topic,
                "topics=" + topic,
                "kafka.bootstrap.servers=" + broker,
                "schemas=" + schemas,
                "plan=" + plan));
    arguments.addAll(List.of(more));
    return values(new LandingJob().run(context(), bind(LandingConfig.class, arguments)));
  }

  Map<String, Object> check(String... arguments) throws Exception {
    return values(
        new CheckLandingJob().run(context(), bind(CheckLandingConfig.class, List.of(arguments))));
  }

  Map<String, Object> repair(String... arguments) throws Exception {
    return values(
        new RepairDuplicatesJob()
            .run(context(), bind(RepairDuplicatesConfig.class, List.of(arguments))));
  }

  Map<String, Object> replay(String... more) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("schemas=" + schemas, "plan=" + plan));
    arguments.addAll(List.of(more));
    return values(
        new ReplayRejectedJob().run(context(), bind(ReplayRejectedConfig.class, arguments)));
  }

  private static <C extends Record> C bind(Class<C> type, List<String> arguments) {
    return ConfigBinder.bind(type, arguments.toArray(String[]::new));
  }

  private static Map<String, Object> values(JobResult result) {
    return result.values();
  }

  private JobContext context() {
    return JobContext.of(directory.toString(), spark);
  }

  LandedTables tables() {
    return new LandedTables(spark, directory.toString());
  }

  Path path(String table) {
    return directory.resolve(table.replace('.', '/'));
  }

  Dataset<Row> read(String table) {
    return spark.read().format("delta").load(path(table).toString());
  }

  /** Changes a table behind the back of landing. */
  void tamper(String statement, String table) {
    spark.sql(statement.formatted("delta.`" + path(table) + "`"));
  }

  /** The rows, as texts in order, of all columns or of some. */
  List<String> rows(String table, String... columns) {
    Dataset<Row> rows = read(table);
    return (columns.length == 0 ? rows : rows.selectExpr(columns))
        .collectAsList().stream().map(Row::toString).sorted().toList();
  }

  /** Every row of every typed table and of the timeline. */
  List<String> events() {
    List<String> all = new ArrayList<>(rows("silver.activity"));
    tables().typed().forEach(table -> all.addAll(rows(table)));
    return all;
  }

  /** The same lake at another place, as a backup is. */
  LandedLake copyTo(Path other) throws IOException {
    copy(directory, other, file -> true);
    return new LandedLake(other, spark, broker, schemas, plan);
  }

  LandedLake with(Path otherSchemas) {
    return new LandedLake(directory, spark, broker, otherSchemas, plan);
  }

  static void copy(Path from, Path to, java.util.function.Predicate<Path> which)
      throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).filter(which).toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        if (!Files.exists(target)) {
          Files.copy(file, target);
        }
      }
    }
  }
}
