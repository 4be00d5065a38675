package dev.tributary.pipelines.identity.behaviour;

/**
 * What one comparison of two devices adds.
 *
 * @param comparison what is compared, for people
 * @param level what was seen
 * @param bits binary logarithm of the likelihood ratio, scaled as was calibrated
 */
public record Contribution(String comparison, String level, double bits) {}
