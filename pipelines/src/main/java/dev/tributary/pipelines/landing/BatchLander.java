package dev.tributary.pipelines.landing;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.functions;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Lands the batches of one stream, each exactly once whatever happens in between:
 *
 * <ol>
 *   <li>a batch that the ledger holds is done;
 *   <li>a batch with a manifest is decided: its files are committed where they are missing;
 *   <li>otherwise tasks write the files, the manifest fixes the decision, and the tables commit:
 *       typed tables and rejected first, the timeline after them, the ledger last.
 * </ol>
 *
 * So a batch is in the ledger only when it is everywhere, and a second attempt never depends on
 * schemas, clocks or memory being what they were in the first.
 */
final class BatchLander {
  private final SparkSession spark;
  private final LandingSettings settings;
  private final String application;
  private final PlanSource plans;
  private final BatchCommitter committer;
  private final TablePreparer tables;
  private final Manifests manifests;
  private final Ledger ledger;
  private final Consumer<BatchReport> reports;
  private final Clock clock;
  private final Broadcast<SerializableConfiguration> hadoop;
  private Broadcast<PlanDocuments> documents;
  private StreamState state;

  BatchLander(
      SparkSession spark,
      LandingSettings settings,
      String application,
      PlanSource plans,
      Consumer<BatchReport> reports,
      Clock clock) {
    this.spark = spark;
    this.settings = settings;
    this.application = application;
    this.plans = plans;
    this.reports = reports;
    this.clock = clock;
    var configuration = LandingFiles.hadoop(spark);
    this.committer = new BatchCommitter(settings.lake(), configuration);
    this.tables = new TablePreparer(spark, settings.lake(), configuration);
    this.manifests = new Manifests(settings.lake(), configuration);
    this.ledger = new Ledger(spark, settings.lake(), configuration);
    this.hadoop = context().broadcast(new SerializableConfiguration(configuration));
  }

  /** Finishes every batch, of any stream, that was decided and not committed to the end. */
  static int recover(SparkSession spark, String lake) throws IOException {
    var configuration = LandingFiles.hadoop(spark);
    Manifests manifests = new Manifests(lake, configuration);
    BatchCommitter committer = new BatchCommitter(lake, configuration);
    int finished = 0;
    for (BatchManifest manifest : manifests.all()) {
      if (committer.resume(manifest)) {
        finished++;
      }
      manifests.remove(manifest);
    }
    return finished;
  }

  /**
   * Lands one micro-batch.
   *
   * @param rows landed_from, partition, offset, time, value, headers
   */
  void land(Dataset<Row> rows, long batch) throws IOException {
    if (state == null) {
      state = ledger.state(application, settings.topicIds(), settings.numbered());
    }
    if (batch > state.committed) {
      Optional<BatchManifest> decided = manifests.read(application, batch);
      if (decided.isPresent()) {
        boolean landed = committer.resume(decided.get());
        manifests.remove(decided.get());
        if (landed) {
          state = ledger.state(application, settings.topicIds(), settings.numbered());
        }
      }
    }
    if (batch <= state.committed) {
      proveLanded(rows, batch);
      return;
    }
    long started = clock.millis();
    List<TaskResult> results = run(rows, batch, started * 1000);
    List<PartitionCounts> counts = counts(results);
    if (counts.isEmpty()) {
      return;
    }
    long read = clock.millis();
    BatchManifest manifest = commit(batch, started * 1000, results, counts);
    state.committed(batch, counts);
    reports.accept(
        new BatchReport(batch, counts, manifest.files(), read - started, clock.millis() - read));
  }

  private void write(BatchManifest manifest, List<TaskResult> results) throws IOException {
    try {
      manifests.write(manifest);
    } catch (FileAlreadyExistsException e) {
      discard(results);
      throw LandingErrors.twoDrivers(application, manifest.batch());
    }
  }

  /**
   * A batch that the ledger holds is skipped only when all its records are in the ledger. They are
   * not when the checkpoint is older than the lake (restored from a backup, say): Spark then counts
   * batches anew from there, over other records.
   */
  private void proveLanded(Dataset<Row> rows, long batch) {
    if (batch < state.committed) {
      throw LandingErrors.oldCheckpoint(application, batch, state.committed);
    }
    if (settings.numbered()) {
      return;
    }
    List<Row> ends =
        rows.groupBy("topic", "partition").agg(functions.max("offset")).collectAsList();
    for (Row end : ends) {
      String key = BatchContext.partition(end.getString(0), end.getInt(1));
      if (end.getLong(2) >= state.ownUntil.getOrDefault(key, 0L)) {
        throw LandingErrors.oldCheckpoint(application, batch, state.committed);
      }
    }
  }

  /**
   * Lands what is acceptable now of what was refused before, as the only batch of its application.
   *
   * @param rows as of {@link #land}, and index
   * @param dryRun only counts
   * @return what landed, and by its reason what is refused still
   */
  List<PartitionCounts> replay(Dataset<Row> rows, boolean dryRun) throws IOException {
    state = new StreamState();
    long started = clock.millis();
    List<TaskResult> results = run(rows, 0, started * 1000);
    List<PartitionCounts> counts = counts(results);
    List<PartitionCounts> landed = counts.stream().filter(c -> c.accepted > 0).toList();
    if (dryRun) {
      discard(results);
    } else if (!landed.isEmpty()) {
      commit(0, started * 1000, results, landed);
    }
    return counts;
  }

  private BatchManifest commit(
      long batch, long landedAt, List<TaskResult> results, List<PartitionCounts> counts)
      throws IOException {
    BatchManifest manifest = decide(batch, landedAt, results, counts);
    write(manifest, results);
    boolean landed = committer.commit(manifest) || committer.isProof(manifest);
    manifests.remove(manifest);
    if (!landed) {
      throw LandingErrors.twoDrivers(application, batch);
    }
    return manifest;
  }

  /**
   * Frees the ids that this process remembers for the stream.
   *
   * @return how many they were
   */
  long forgetIds() {
    return KnownIds.drop(application);
  }

  private BatchManifest decide(
      long batch, long landedAt, List<TaskResult> results, List<PartitionCounts> counts)
      throws IOException {
    List<WrittenFile> files = new ArrayList<>();
    results.forEach(result -> files.addAll(result.files()));
    String fingerprint = documents.value().fingerprint();
    files.addAll(
        ledger.write(
            application,
            batch,
            settings.kind(),
            landedAt,
            fingerprint,
            settings.topicIds(),
            counts));
    LandingPlan plan = LandingPlan.of(documents.value());
    for (String table : new TreeSet<>(files.stream().map(WrittenFile::table).toList())) {
      tables.prepare(plan.layout(table).orElseThrow());
    }
    return new BatchManifest(application, batch, landedAt, fingerprint, files);
  }

  private List<TaskResult> run(Dataset<Row> rows, long batch, long landedAt) throws IOException {
    refreshPlan();
    RDD<InternalRow> input = rows.queryExecution().toRdd();
    BatchContext context = context(batch, landedAt, null);
    List<TaskResult> results = submit(input, context);
    if (results.stream().anyMatch(result -> !result.missingIds().isEmpty())) {
      discard(results);
      Map<String, BatchContext.IdFiles> sources =
          committer.idFiles(ledger.horizons(settings.topicIds(), settings.dedupHorizon()));
      results = submit(input, context(batch, landedAt, sources));
    }
    return results;
  }

  private List<TaskResult> submit(RDD<InternalRow> input, BatchContext context) {
    var rdd = input.toJavaRDD();
    int tasks = Math.max(1, spark.sparkContext().defaultParallelism());
    if (rdd.getNumPartitions() > tasks) {
      rdd = rdd.coalesce(tasks);
    }
    spark.sparkContext().setJobDescription("land batch " + context.batch());
    return rdd.mapPartitions(new LandingTask(context, documents, hadoop)).collect();
  }

  /** Files of an attempt that is not used; nothing refers to them. */
  private void discard(List<TaskResult> results) throws IOException {
    for (TaskResult result : results) {
      for (WrittenFile file : result.files()) {
        committer.delete(file);
      }
    }
  }

  private void refreshPlan() throws IOException {
    PlanDocuments current = plans.current();
    if (documents == null || !documents.value().fingerprint().equals(current.fingerprint())) {
      documents = context().broadcast(current);
    }
  }

  private BatchContext context(
      long batch, long landedAt, Map<String, BatchContext.IdFiles> idFiles) {
    int partitions = Math.max(1, state.lastBatch.size());
    return new BatchContext(
        settings.lake(),
        application,
        batch,
        landedAt,
        settings.sourceName(),
        settings.limits(),
        settings.numbered(),
        settings.deduplicate(),
        settings.replay(),
        (int) Math.min(Integer.MAX_VALUE, settings.dedupHorizon().toSeconds()),
        Math.max(1, settings.dedupMaxIds() / partitions),
        Map.copyOf(state.lastBatch),
        Map.copyOf(state.landedUntil),
        idFiles);
  }

  /** One entry a partition; a partition that was read by two tasks is added up. */
  private static List<PartitionCounts> counts(List<TaskResult> results) {
    Map<String, PartitionCounts> merged = new TreeMap<>();
    results.stream()
        .flatMap(result -> result.counts().stream())
        .forEach(
            c ->
                merged.merge(
                    BatchContext.partition(c.landedFrom, c.partition), c, PartitionCounts::plus));
    return List.copyOf(merged.values());
  }

  private JavaSparkContext context() {
    return JavaSparkContext.fromSparkContext(spark.sparkContext());
  }
}
