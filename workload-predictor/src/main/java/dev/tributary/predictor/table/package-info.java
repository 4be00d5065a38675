/**
 * Delimited text tables: a header line, then rows of text and numbers. Reads files; knows nothing
 * of runs or models.
 */
package dev.tributary.predictor.table;
