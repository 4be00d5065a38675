/**
 * Our own jobs sized by the workload predictor: {@code run <job> --size auto}. Reads what a run is
 * given (its configuration, the sizes of the files it names, the Spark settings) and writes
 * predictions and outcomes to the predictor's store. Must not know any job.
 */
package dev.tributary.pipelines.sizing;
