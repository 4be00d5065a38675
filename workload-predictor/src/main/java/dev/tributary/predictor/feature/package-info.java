/**
 * What sizing wants to know of an application, computed from its events in one pass and in memory
 * that does not grow with its tasks: {@link dev.tributary.predictor.feature.ApplicationSummary},
 * and from it a {@link dev.tributary.predictor.run.Run}. The events come from an event log, from a
 * live listener or from Spark's REST API; this package does not know which. Names of features end
 * in their unit: {@code _bytes}, {@code _seconds}, {@code _mb} (10⁶ bytes); the others are counts
 * or ratios.
 */
package dev.tributary.predictor.feature;
