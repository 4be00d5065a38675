package dev.tributary.predictor.feature;

/**
 * How many executors there were from a moment on.
 *
 * @param time epoch ms
 * @param executors how many
 */
public record ExecutorChange(long time, int executors) {}
