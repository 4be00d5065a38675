/**
 * The workload predictor: from what Spark jobs did to the cluster that the next run should get.
 * Knows nothing of Spark's classes nor of any other module.
 */
package dev.tributary.predictor;
