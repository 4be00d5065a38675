package dev.tributary.pipelines.workload;

import dev.tributary.predictor.eventlog.Event;
import dev.tributary.predictor.eventlog.LogName;
import dev.tributary.predictor.feature.ApplicationBuilder;
import dev.tributary.predictor.feature.ApplicationSummary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkContext;
import org.apache.spark.Success$;
import org.apache.spark.TaskEndReason;
import org.apache.spark.TaskFailedReason;
import org.apache.spark.executor.ExecutorMetrics;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.JobSucceeded$;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerEvent;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerStageExecutorMetrics;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.scheduler.StageInfo;
import org.apache.spark.sql.execution.SparkPlanInfo;
import org.apache.spark.sql.execution.ui.SparkListenerSQLExecutionStart;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Sums up the running application as the predictor would from its event log. Begins where it is
 * added to a context: what came before, executors excepted, is not in it.
 */
public final class LiveApplication extends SparkListener {
  private final ApplicationBuilder builder;

  /** Begins with the executors and the configuration that the context has. */
  public LiveApplication(SparkContext context, long now) {
    builder = new ApplicationBuilder(new LogName(context.applicationId(), Optional.empty(), true));
    Map<String, String> properties = new HashMap<>();
    for (scala.Tuple2<String, String> property : context.getConf().getAll()) {
      properties.put(property._1(), property._2());
    }
    builder.accept(Event.Environment.of(properties, System.getProperty("sun.java.command")));
    builder.accept(
        new Event.ApplicationStart(
            context.appName(), context.applicationId(), null, now, context.sparkUser()));
    if (context.isLocal()) {
      builder.accept(
          new Event.ExecutorAdded(now, "driver", "localhost", context.defaultParallelism(), 0));
      return;
    }
    long cores = context.getConf().getInt("spark.executor.cores", 1);
    // One of them is the driver.
    int executors = context.statusTracker().getExecutorInfos().length - 1;
    for (int i = 0; i < executors; i++) {
      builder.accept(new Event.ExecutorAdded(now, "before-" + i, null, cores, 0));
    }
  }

  /** What has been seen; nothing more is taken afterwards. */
  public synchronized ApplicationSummary summary(long now) {
    builder.accept(new Event.ApplicationEnd(now, 0));
    return builder.summary();
  }

  @Override
  public synchronized void onTaskStart(SparkListenerTaskStart event) {
    builder.accept(new Event.TaskStart());
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd event) {
    builder.accept(
        new Event.TaskEnd(
            event.stageId(),
            event.stageAttemptId(),
            event.taskInfo().executorId(),
            event.taskInfo().launchTime(),
            event.taskInfo().finishTime(),
            event.taskInfo().failed(),
            event.taskInfo().killed(),
            event.taskInfo().speculative(),
            reason(event.reason()),
            event.taskMetrics() == null ? null : metrics(event.taskMetrics()),
            event.taskExecutorMetrics() == null ? null : peaks(event.taskExecutorMetrics())));
  }

  private static String reason(TaskEndReason reason) {
    if (reason == Success$.MODULE$) {
      return null;
    }
    return reason instanceof TaskFailedReason failed ? failed.toErrorString() : reason.toString();
  }

  private static Event.TaskMetrics metrics(TaskMetrics task) {
    return new Event.TaskMetrics(
        task.executorRunTime(),
        task.executorCpuTime(),
        task.executorDeserializeTime(),
        task.jvmGCTime(),
        task.resultSize(),
        task.peakExecutionMemory(),
        task.memoryBytesSpilled(),
        task.diskBytesSpilled(),
        task.inputMetrics().bytesRead(),
        task.inputMetrics().recordsRead(),
        task.outputMetrics().bytesWritten(),
        task.outputMetrics().recordsWritten(),
        task.shuffleReadMetrics().totalBytesRead(),
        task.shuffleReadMetrics().recordsRead(),
        task.shuffleWriteMetrics().bytesWritten(),
        task.shuffleWriteMetrics().recordsWritten(),
        task.shuffleReadMetrics().fetchWaitTime());
  }

  private static Event.MemoryPeaks peaks(ExecutorMetrics peaks) {
    return new Event.MemoryPeaks(
        peaks.getMetricValue("JVMHeapMemory"),
        peaks.getMetricValue("JVMOffHeapMemory"),
        peaks.getMetricValue("DirectPoolMemory"),
        peaks.getMetricValue("MappedPoolMemory"),
        peaks.getMetricValue("ProcessTreeJVMRSSMemory"),
        peaks.getMetricValue("ProcessTreePythonRSSMemory"),
        peaks.getMetricValue("ProcessTreeOtherRSSMemory"));
  }

  @Override
  public synchronized void onStageExecutorMetrics(SparkListenerStageExecutorMetrics event) {
    builder.accept(
        new Event.StageExecutorMetrics(
            event.execId(),
            event.stageId(),
            event.stageAttemptId(),
            peaks(event.executorMetrics())));
  }

  @Override
  public synchronized void onStageCompleted(SparkListenerStageCompleted event) {
    StageInfo stage = event.stageInfo();
    List<Long> parents = new ArrayList<>();
    CollectionConverters.asJava(stage.parentIds())
        .forEach(id -> parents.add(((Number) id).longValue()));
    builder.accept(
        new Event.StageCompleted(
            stage.stageId(),
            stage.attemptNumber(),
            stage.name(),
            stage.numTasks(),
            parents,
            time(stage.submissionTime()),
            time(stage.completionTime()),
            stage.failureReason().isDefined() ? stage.failureReason().get() : null));
  }

  private static long time(Option<Object> time) {
    return time.isDefined() ? ((Number) time.get()).longValue() : Event.UNKNOWN;
  }

  @Override
  public synchronized void onJobStart(SparkListenerJobStart event) {
    builder.accept(new Event.JobStart(event.jobId(), event.time()));
  }

  @Override
  public synchronized void onJobEnd(SparkListenerJobEnd event) {
    boolean succeeded = event.jobResult() == JobSucceeded$.MODULE$;
    builder.accept(
        new Event.JobEnd(
            event.jobId(),
            event.time(),
            succeeded,
            succeeded ? null : event.jobResult().toString()));
  }

  @Override
  public synchronized void onExecutorAdded(SparkListenerExecutorAdded event) {
    builder.accept(
        new Event.ExecutorAdded(
            event.time(),
            event.executorId(),
            event.executorInfo().executorHost(),
            event.executorInfo().totalCores(),
            event.executorInfo().resourceProfileId()));
  }

  @Override
  public synchronized void onExecutorRemoved(SparkListenerExecutorRemoved event) {
    builder.accept(new Event.ExecutorRemoved(event.time(), event.executorId(), event.reason()));
  }

  @Override
  public synchronized void onOtherEvent(SparkListenerEvent event) {
    if (event instanceof SparkListenerSQLExecutionStart query) {
      builder.accept(
          new Event.QueryStart(query.executionId(), query.time(), plan(query.sparkPlanInfo())));
    }
  }

  private static Event.PlanNode plan(SparkPlanInfo plan) {
    List<Event.PlanNode> children = new ArrayList<>();
    CollectionConverters.asJava(plan.children()).forEach(child -> children.add(plan(child)));
    return new Event.PlanNode(plan.nodeName(), children);
  }
}
