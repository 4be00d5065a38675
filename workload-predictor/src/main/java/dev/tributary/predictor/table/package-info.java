/** Delimited text tables: named columns of text and numbers, with errors that say where. */
package dev.tributary.predictor.table;
