/**
 * What ties the workload predictor to Spark and Hadoop, which it must not know itself: event logs
 * in Hadoop's file systems (S3, GCS, HDFS), and the events of the running application as those that
 * an event log would hold. Knows no job.
 */
package dev.tributary.pipelines.workload;
