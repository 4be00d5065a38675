/**
 * From a job's models, prices and constraints to the cluster its next run should get: candidates,
 * their verdicts, the cheapest that fits, the cost–time frontier, and why; for a job without a
 * finished run from other jobs' runs, by {@code selection}. Knows models only by {@link
 * dev.tributary.predictor.model.JobModel}; where they come from is one {@link
 * dev.tributary.predictor.recommend.ModelSource}. Knows no platform's file format: see {@code
 * output}.
 */
package dev.tributary.predictor.recommend;
