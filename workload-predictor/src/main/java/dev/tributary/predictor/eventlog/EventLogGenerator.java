package dev.tributary.predictor.eventlog;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * Writes event logs as Spark 3.5 would, for tests and benchmarks: the same fields in the same
 * order, task ends with their accumulables, a query with its plan. The same parameters give the
 * same bytes.
 *
 * @param seed of task times and sizes
 * @param application number of the application; makes its id
 * @param stages number of stages, one job each
 * @param tasks tasks of a stage
 * @param executors executors of 4 cores and 8 GiB
 */
public record EventLogGenerator(long seed, int application, int stages, int tasks, int executors) {
  private static final long BEGIN = 1_700_000_000_000L;
  private static final int CORES = 4;
  private static final String[] SUMS = {
    "executorDeserializeTime",
    "executorDeserializeCpuTime",
    "executorRunTime",
    "executorCpuTime",
    "resultSize",
    "jvmGCTime",
    "input.bytesRead",
    "input.recordsRead",
    "shuffle.write.bytesWritten",
    "shuffle.write.recordsWritten",
    "shuffle.write.writeTime"
  };
  private static final String[] SQL = {
    "number of output rows", "duration", "shuffle bytes written", "data size", "spill size"
  };
  private static final String[] UNUSED_PEAKS = {
    "OnHeapExecutionMemory",
    "OffHeapExecutionMemory",
    "OnHeapStorageMemory",
    "OffHeapStorageMemory",
    "OnHeapUnifiedMemory",
    "OffHeapUnifiedMemory"
  };

  /** Checks the ranges. */
  public EventLogGenerator {
    if (stages < 0 || tasks < 0 || executors < 1) {
      throw new IllegalArgumentException(
          "not a log: %d stages, %d tasks, %d executors".formatted(stages, tasks, executors));
    }
  }

  /** The application id that the log has. */
  public String id() {
    return "application_1700000000000_%06d".formatted(application);
  }

  /** Writes the log to its end; leaves the stream open. */
  public void write(OutputStream out) throws IOException {
    Writer writer = new Writer(out);
    writer.begin();
    for (int stage = 0; stage < stages; stage++) {
      writer.stage(stage);
    }
    writer.line(
        "{\"Event\":\"SparkListenerApplicationEnd\",\"Timestamp\":" + (writer.clock + 500) + "}");
  }

  private final class Writer {
    private final OutputStream out;
    private final Random random = new Random(seed * 31 + application);
    private final StringBuilder text = new StringBuilder(8192);
    private long clock = BEGIN + application * 60_000L;
    private long task;

    Writer(OutputStream out) {
      this.out = out;
    }

    void line(CharSequence line) throws IOException {
      out.write(line.toString().getBytes(StandardCharsets.UTF_8));
      out.write('\n');
    }

    void begin() throws IOException {
      line("{\"Event\":\"SparkListenerLogStart\",\"Spark Version\":\"3.5.3\"}");
      line(
          "{\"Event\":\"SparkListenerResourceProfileAdded\",\"Resource Profile Id\":0,\"Executor"
              + " Resource Requests\":{\"cores\":{\"Resource Name\":\"cores\",\"Amount\":4,"
              + "\"Discovery Script\":\"\",\"Vendor\":\"\"},\"memory\":{\"Resource Name\":"
              + "\"memory\",\"Amount\":8192,\"Discovery Script\":\"\",\"Vendor\":\"\"}},\"Task"
              + " Resource Requests\":{\"cpus\":{\"Resource Name\":\"cpus\",\"Amount\":1.0}}}");
      environment();
      line(
          "{\"Event\":\"SparkListenerApplicationStart\",\"App Name\":\"nightly load 2023-11-14\","
              + "\"App ID\":\"%s\",\"Timestamp\":%d,\"User\":\"etl\"}".formatted(id(), clock));
      for (int executor = 1; executor <= executors; executor++) {
        line(
            ("{\"Event\":\"SparkListenerExecutorAdded\",\"Timestamp\":%d,\"Executor ID\":\"%d\","
                    + "\"Executor Info\":{\"Host\":\"node-%d\",\"Total Cores\":%d,\"Log Urls\":{},"
                    + "\"Attributes\":{},\"Resources\":{},\"Resource Profile Id\":0}}")
                .formatted(clock + 100, executor, executor, CORES));
      }
      query();
    }

    private void environment() throws IOException {
      text.setLength(0);
      text.append("{\"Event\":\"SparkListenerEnvironmentUpdate\",\"JVM Information\":{\"Java")
          .append(" Version\":\"17.0.12\"},\"Spark Properties\":{\"spark.master\":\"yarn\",")
          .append("\"spark.executor.memory\":\"8g\",\"spark.executor.cores\":\"4\",")
          .append("\"spark.sql.shuffle.partitions\":\"200\"},\"Hadoop Properties\":{");
      for (int i = 0; i < 100; i++) {
        text.append(i == 0 ? "" : ",")
            .append("\"fs.property.number.")
            .append(i)
            .append("\":\"")
            .append("value ")
            .append(i)
            .append('"');
      }
      text.append("},\"System Properties\":{\"sun.java.command\":\"org.apache.spark.deploy")
          .append(".SparkSubmit --class com.example.NightlyLoad load.jar\"},\"Classpath")
          .append(" Entries\":{}}");
      line(text);
    }

    private void query() throws IOException {
      text.setLength(0);
      text.append("{\"Event\":\"org.apache.spark.sql.execution.ui.SparkListenerSQLExecutionStart\"")
          .append(",\"executionId\":0,\"description\":\"save at NightlyLoad.java:40\",\"details\":")
          .append("\"org.apache.spark.sql.DataFrameWriter.save\\n\",\"physicalPlanDescription\":\"")
          .append("== Physical Plan ==\\n* HashAggregate (4)\\n+- Exchange (3)\\n".repeat(40))
          .append("\",\"sparkPlanInfo\":");
      plan("AdaptiveSparkPlan", "HashAggregate", "Exchange", "SortMergeJoin", "Scan parquet sales");
      text.append(",\"time\":").append(clock + 200).append(",\"modifiedConfigs\":{}}");
      line(text);
    }

    private void plan(String... names) {
      for (String name : names) {
        text.append("{\"nodeName\":\"")
            .append(name)
            .append("\",\"simpleString\":\"")
            .append(name)
            .append("\",\"metadata\":{},\"metrics\":[],\"children\":[");
      }
      text.append("]}".repeat(names.length));
    }

    void stage(int stage) throws IOException {
      long submitted = clock;
      line(
          ("{\"Event\":\"SparkListenerJobStart\",\"Job ID\":%d,\"Submission Time\":%d,\"Stage"
                  + " Infos\":[%s],\"Stage IDs\":[%d],\"Properties\":{}}")
              .formatted(stage, submitted, info(stage, submitted, 0), stage));
      line(
          "{\"Event\":\"SparkListenerStageSubmitted\",\"Stage Info\":"
              + info(stage, submitted, 0)
              + ",\"Properties\":{}}");
      long longest = 0;
      for (int index = 0; index < tasks; index++) {
        // Log-normal times with a tail: skew.
        long millis = (long) Math.exp(5 + random.nextGaussian());
        longest = Math.max(longest, millis);
        taskStart(stage, index);
        taskEnd(stage, index, millis);
        task++;
      }
      clock += Math.max(longest, tasks * 200L / (executors * CORES));
      line(
          "{\"Event\":\"SparkListenerStageCompleted\",\"Stage Info\":"
              + info(stage, submitted, clock)
              + "}");
      line(
          ("{\"Event\":\"SparkListenerJobEnd\",\"Job ID\":%d,\"Completion Time\":%d,\"Job"
                  + " Result\":{\"Result\":\"JobSucceeded\"}}")
              .formatted(stage, clock));
    }

    private String info(int stage, long submitted, long completed) {
      return ("{\"Stage ID\":%d,\"Stage Attempt ID\":0,\"Stage Name\":\"save at"
              + " NightlyLoad.java:40\",\"Number of Tasks\":%d,\"RDD Info\":[{\"RDD ID\":%d,"
              + "\"Name\":\"MapPartitionsRDD\",\"Scope\":\"{\\\"id\\\":\\\"%d\\\",\\\"name\\\":"
              + "\\\"Exchange\\\"}\",\"Callsite\":\"save at NightlyLoad.java:40\",\"Parent"
              + " IDs\":[],\"Storage Level\":{\"Use Disk\":false,\"Use Memory\":false,"
              + "\"Use Off Heap\":false,\"Deserialized\":false,\"Replication\":1},"
              + "\"Barrier\":false,\"Number of Partitions\":%d,\"Number of Cached Partitions\":0,"
              + "\"Memory Size\":0,\"Disk Size\":0}],\"Parent IDs\":[%s],\"Details\":"
              + "\"com.example.NightlyLoad.main(NightlyLoad.java:40)\",\"Submission Time\":%d,%s"
              + "\"Accumulables\":[],\"Resource Profile Id\":0}")
          .formatted(
              stage,
              tasks,
              stage,
              stage,
              tasks,
              stage == 0 ? "" : Integer.toString(stage - 1),
              submitted,
              completed == 0 ? "" : "\"Completion Time\":" + completed + ",");
    }

    private void taskInfo(int index, long finished) {
      int executor = 1 + index % executors;
      text.append("\"Task Info\":{\"Task ID\":")
          .append(task)
          .append(",\"Index\":")
          .append(index)
          .append(",\"Attempt\":0,\"Partition ID\":")
          .append(index)
          .append(",\"Launch Time\":")
          .append(clock)
          .append(",\"Executor ID\":\"")
          .append(executor)
          .append("\",\"Host\":\"node-")
          .append(executor)
          .append("\",\"Locality\":\"PROCESS_LOCAL\",\"Speculative\":false,")
          .append("\"Getting Result Time\":0,\"Finish Time\":")
          .append(finished)
          .append(",\"Failed\":false,\"Killed\":false,\"Accumulables\":[");
    }

    private void taskStart(int stage, int index) throws IOException {
      text.setLength(0);
      text.append("{\"Event\":\"SparkListenerTaskStart\",\"Stage ID\":")
          .append(stage)
          .append(",\"Stage Attempt ID\":0,");
      taskInfo(index, 0);
      line(text.append("]}}"));
    }

    private void taskEnd(int stage, int index, long millis) throws IOException {
      long bytes = 1_000_000 + random.nextInt(8_000_000);
      text.setLength(0);
      text.append("{\"Event\":\"SparkListenerTaskEnd\",\"Stage ID\":")
          .append(stage)
          .append(",\"Stage Attempt ID\":0,\"Task Type\":\"ShuffleMapTask\",\"Task End Reason\":")
          .append("{\"Reason\":\"Success\"},");
      taskInfo(index, clock + millis);
      int id = 0;
      for (String name : SQL) {
        text.append(id == 0 ? "" : ",")
            .append("{\"ID\":")
            .append(id++)
            .append(",\"Name\":\"")
            .append(name)
            .append("\",\"Update\":\"")
            .append(millis)
            .append("\",\"Value\":\"")
            .append(bytes)
            .append("\",\"Internal\":true,\"Count Failed Values\":true,")
            .append("\"Metadata\":\"sql\"}");
      }
      for (String name : SUMS) {
        text.append(",{\"ID\":")
            .append(id++)
            .append(",\"Name\":\"internal.metrics.")
            .append(name)
            .append("\",\"Update\":")
            .append(millis)
            .append(",\"Value\":")
            .append(bytes)
            .append(",\"Internal\":true,\"Count Failed Values\":true}");
      }
      text.append("]},");
      peaks();
      metrics(millis, bytes);
      line(text);
    }

    private void peaks() {
      long heap = 1_000_000_000L + random.nextInt(1_000_000_000);
      text.append("\"Task Executor Metrics\":{\"JVMHeapMemory\":")
          .append(heap)
          .append(",\"JVMOffHeapMemory\":120000000");
      for (String name : UNUSED_PEAKS) {
        text.append(",\"").append(name).append("\":").append(heap / 4);
      }
      text.append(",\"DirectPoolMemory\":20000000,\"MappedPoolMemory\":0,\"ProcessTreeJVMVMemory\"")
          .append(":0,\"ProcessTreeJVMRSSMemory\":0,\"ProcessTreePythonVMemory\":0,")
          .append("\"ProcessTreePythonRSSMemory\":0,\"ProcessTreeOtherVMemory\":0,")
          .append("\"ProcessTreeOtherRSSMemory\":0,\"MinorGCCount\":4,\"MinorGCTime\":60,")
          .append("\"MajorGCCount\":1,\"MajorGCTime\":30,\"TotalGCTime\":90},");
    }

    private void metrics(long millis, long bytes) {
      text.append("\"Task Metrics\":{\"Executor Deserialize Time\":3,\"Executor Deserialize CPU")
          .append(" Time\":2500000,\"Executor Run Time\":")
          .append(millis)
          .append(",\"Executor CPU Time\":")
          .append(millis * 800_000)
          .append(",\"Peak Execution Memory\":")
          .append(bytes * 2)
          .append(",\"Result Size\":2400,\"JVM GC Time\":")
          .append(millis / 20)
          .append(",\"Result Serialization Time\":0,\"Memory Bytes Spilled\":0,")
          .append("\"Disk Bytes Spilled\":0,\"Shuffle Read Metrics\":{\"Remote Blocks")
          .append(" Fetched\":3,\"Local Blocks Fetched\":1,\"Fetch Wait Time\":2,\"Remote Bytes")
          .append(" Read\":")
          .append(bytes / 4)
          .append(",\"Remote Bytes Read To Disk\":0,\"Local")
          .append(" Bytes Read\":")
          .append(bytes / 12)
          .append(",\"Total Records Read\":1000,")
          .append("\"Remote Requests Duration\":1,\"Push Based Shuffle\":{\"Corrupt Merged Block")
          .append(" Chunks\":0,\"Merged Fetch Fallback Count\":0,\"Merged Remote Blocks")
          .append(" Fetched\":0,\"Merged Local Blocks Fetched\":0,\"Merged Remote Chunks")
          .append(" Fetched\":0,\"Merged Local Chunks Fetched\":0,\"Merged Remote Bytes Read\":0,")
          .append("\"Merged Local Bytes Read\":0,\"Merged Remote Requests Duration\":0}},")
          .append("\"Shuffle Write Metrics\":{\"Shuffle Bytes Written\":")
          .append(bytes / 3)
          .append(",\"Shuffle Write Time\":900000,\"Shuffle Records Written\":1000},")
          .append("\"Input Metrics\":{\"Bytes Read\":")
          .append(bytes)
          .append(",\"Records Read\":10000},\"Output Metrics\":{\"Bytes Written\":0,")
          .append("\"Records Written\":0},\"Updated Blocks\":[]}}");
    }
  }
}
