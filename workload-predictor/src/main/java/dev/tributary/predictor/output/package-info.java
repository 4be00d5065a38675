/**
 * A recommendation as each platform reads it, as JSON and text for those who asked, and as a plot.
 * Decides nothing.
 */
package dev.tributary.predictor.output;
