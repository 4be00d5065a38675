package dev.tributary.predictor.eventlog;

import java.util.List;

/** The Spark properties that are read from an environment: cluster, job, and nothing secret. */
final class SparkProperties {
  static final List<String> NAMES =
      List.of(
          "spark.app.name",
          "spark.app.id",
          "spark.app.attempt.id",
          "spark.master",
          "spark.submit.deployMode",
          "spark.driver.cores",
          "spark.driver.memory",
          "spark.driver.memoryOverhead",
          "spark.executor.cores",
          "spark.executor.instances",
          "spark.executor.memory",
          "spark.executor.memoryOverhead",
          "spark.executor.memoryOverheadFactor",
          "spark.executor.pyspark.memory",
          "spark.yarn.executor.memoryOverhead",
          "spark.kubernetes.memoryOverheadFactor",
          "spark.memory.offHeap.enabled",
          "spark.memory.offHeap.size",
          "spark.memory.fraction",
          "spark.task.cpus",
          "spark.default.parallelism",
          "spark.dynamicAllocation.enabled",
          "spark.dynamicAllocation.initialExecutors",
          "spark.dynamicAllocation.minExecutors",
          "spark.dynamicAllocation.maxExecutors",
          "spark.databricks.job.id",
          "spark.databricks.clusterUsageTags.clusterName",
          "spark.databricks.clusterUsageTags.clusterNodeType",
          "spark.databricks.workerNodeTypeId",
          "spark.databricks.driverNodeTypeId",
          "spark.databricks.clusterUsageTags.sparkVersion",
          "spark.sql.adaptive.enabled",
          "spark.sql.shuffle.partitions");

  static final KeyTable TABLE = KeyTable.of(NAMES.toArray(String[]::new));

  private SparkProperties() {}
}
