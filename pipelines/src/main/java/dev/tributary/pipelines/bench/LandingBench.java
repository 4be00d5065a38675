package dev.tributary.pipelines.bench;

import static org.apache.spark.sql.functions.col;

import dev.tributary.pipelines.broker.ChildBroker;
import dev.tributary.pipelines.broker.Topics;
import dev.tributary.pipelines.job.ConfigBinder;
import dev.tributary.pipelines.job.JobContext;
import dev.tributary.pipelines.job.JobErrors;
import dev.tributary.pipelines.job.JobResult;
import dev.tributary.pipelines.job.Progress;
import dev.tributary.pipelines.lake.Lake;
import dev.tributary.pipelines.lake.LakeSession;
import dev.tributary.pipelines.landing.LandingConfig;
import dev.tributary.pipelines.landing.LandingJob;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;

/**
 * The rate of landing, the whole way, beside its floor: the same bytes copied raw from Kafka to a
 * Delta table. Broker and generator are processes of their own on the same machine; the generator
 * has ended before anything is measured. Both runs are the first of their kind in this JVM, and the
 * floor goes first, so what is warmed up favours it no more than the other.
 *
 * @param events how many deliveries
 * @param directory for topic, lake and schemas; emptied by the caller
 * @param batch most records of a micro-batch
 */
public record LandingBench(long events, Path directory, long batch) {
  private static final String TOPIC = "bench";
  private static final int PARTITIONS = 4;
  private static final long SEED = 20261122;

  /**
   * Runs the benchmark.
   *
   * @return the JSON object to print
   * @throws dev.tributary.pipelines.job.JobException exit code 3 when landing's counts are not the
   *     generator's
   */
  public Map<String, Object> run(Progress progress) throws Exception {
    BenchSchemas.writeSchemas(directory.resolve("schemas"));
    BenchSchemas.writePlan(directory.resolve("plan.yaml"));
    try (ChildBroker broker = ChildBroker.startTemporary()) {
      new Topics(broker.bootstrapServers()).create(TOPIC, PARTITIONS);
      progress.say("generating %,d events".formatted(events));
      LoadReport load = generate(broker.bootstrapServers());
      Lake lake = Lake.at(directory.resolve("lake"));
      SparkSession spark = LakeSession.on(lake).named("bench landing").open();
      progress.say("copying them raw: the floor");
      double floorSeconds = floor(spark, broker.bootstrapServers());
      progress.say("landing them");
      BenchMachine.resetHeapPeak();
      double cpu = BenchMachine.cpuSeconds();
      long started = System.nanoTime();
      JobResult landed =
          new LandingJob()
              .run(JobContext.of(lake.toString(), spark), config(broker.bootstrapServers()));
      double seconds = (System.nanoTime() - started) / 1e9;
      cpu = BenchMachine.cpuSeconds() - cpu;
      verify(load, landed, spark);
      return report(load, landed, seconds, cpu, floorSeconds);
    }
  }

  private LoadReport generate(String servers) {
    LoadConfig config = LoadConfig.bulk(servers, TOPIC, SEED, events);
    try (LoadProcess process = LoadProcess.start(config, directory.resolve("generator.log"))) {
      return process.await(Duration.ofMinutes(30));
    }
  }

  private double floor(SparkSession spark, String servers) throws Exception {
    long started = System.nanoTime();
    spark
        .readStream()
        .format("kafka")
        .option("kafka.bootstrap.servers", servers)
        .option("subscribe", TOPIC)
        .option("startingOffsets", "earliest")
        .option("maxOffsetsPerTrigger", batch)
        .load()
        .select(col("value"), col("partition"), col("offset"), col("timestamp"))
        .writeStream()
        .format("delta")
        .option("checkpointLocation", directory.resolve("floor-checkpoint").toString())
        .trigger(Trigger.AvailableNow())
        .start(directory.resolve("floor").toString())
        .awaitTermination();
    return (System.nanoTime() - started) / 1e9;
  }

  private LandingConfig config(String servers) {
    return ConfigBinder.bind(
        LandingConfig.class,
        "topics=" + TOPIC,
        "kafka.bootstrap.servers=" + servers,
        "schemas=" + directory.resolve("schemas"),
        "plan=" + directory.resolve("plan.yaml"),
        "max-records-per-batch=" + batch);
  }

  private static void verify(LoadReport load, JobResult landed, SparkSession spark) {
    Map<String, Object> values = landed.values();
    long timeline = spark.sql("SELECT count(*) FROM silver.activity").first().getLong(0);
    boolean equal =
        values.get("accepted").equals(load.unique())
            && values.get("rejected").equals(load.broken())
            && values.get("duplicates").equals(load.duplicates())
            && timeline == load.unique();
    if (!equal) {
      throw JobErrors.expectationFailed(
          "Landing's counts are not the generator's: " + load + ", timeline " + timeline,
          null,
          "report this",
          values);
    }
  }

  private Map<String, Object> report(
      LoadReport load, JobResult landed, double seconds, double cpu, double floorSeconds) {
    Map<String, Object> values = landed.values();
    double rate = load.sent() / seconds;
    double floor = load.sent() / floorSeconds;
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("benchmark", "landing");
    report.put("events", load.sent());
    report.put("accepted", values.get("accepted"));
    report.put("rejected", values.get("rejected"));
    report.put("duplicates", values.get("duplicates"));
    report.put("seconds", Figures.round(seconds, 2));
    report.put("events_per_second", Math.round(rate));
    report.put("floor_events_per_second", Math.round(floor));
    report.put("ratio_to_floor", Figures.round(rate / floor, 3));
    report.put("cpu_microseconds_per_event", Figures.round(cpu * 1e6 / load.sent(), 1));
    report.put("heap_peak_mb", BenchMachine.heapPeakMegabytes());
    report.put(
        "bytes_per_event",
        Figures.round(
            ((Number) values.get("bytes")).doubleValue()
                / ((Number) values.get("accepted")).doubleValue(),
            1));
    report.put("bytes_per_input_event", Figures.round((double) load.bytes() / load.sent(), 1));
    report.put("batches", values.get("batches"));
    report.put("files", values.get("files"));
    report.put("read_ms", values.get("read_ms"));
    report.put("commit_ms", values.get("commit_ms"));
    report.put("machine", BenchMachine.describe());
    return report;
  }
}
