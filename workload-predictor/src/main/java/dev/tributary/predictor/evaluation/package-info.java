/**
 * How good the runtime models are on a table of measured runs: splits, errors, coverage and choices
 * under a deadline. Reads {@code table}, fits {@code runtime}; knows no event log and no price.
 */
package dev.tributary.predictor.evaluation;
