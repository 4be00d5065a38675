/**
 * Choosing a configuration for a job with no or few runs from what other jobs did on the same
 * candidates.
 *
 * <p>Reads measured runs of other jobs and the trials of the new one, writes nothing. It must not
 * know of files, services or prices of the moment; {@code Backtest} measures the choice on tables
 * of measured jobs and is the only reader of {@code table}.
 */
package dev.tributary.predictor.selection;
