/**
 * Models of what a run takes: runtime, peak memory, CPU use. From finished and censored runs to
 * predictions with calibrated intervals. Reads {@code run} values, gives {@code model} values;
 * knows no file, table, price or cluster product.
 */
package dev.tributary.predictor.runtime;
