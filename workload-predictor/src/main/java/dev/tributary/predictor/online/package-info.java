/**
 * The runs of one job in the order of time: a prediction before each, the outcome after it, and
 * what follows from the two: intervals that keep their coverage, an alarm when the job drifts, a
 * challenger that replaces the champion when it predicts better.
 *
 * <p>Holds its state as a value that goes to JSON and back; reads and writes no file, and must not
 * know of services or stores. {@code Replay} measures it on recorded runs.
 */
package dev.tributary.predictor.online;
