/**
 * The runs of one job in the order of time: what is known of the next one before it starts, and
 * what follows from its outcome: an alarm when the job drifts ({@code DriftDetector}, {@code
 * RunParts}), a challenger that replaces the champion when it predicts better ({@code Promotion}),
 * how far a model can be trusted ({@code Watch}), inputs that nobody gave ({@code NextInputs}).
 *
 * <p>The service and {@code Replay}, which measures it on recorded runs, use the same alarm and the
 * same rule of promotion; a run's parts are known to {@code Replay} only. Writes no file, and must
 * not know of services or stores.
 */
package dev.tributary.predictor.online;
