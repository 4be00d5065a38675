/**
 * Comma-separated values as people and programs write them, read and written in one way wherever
 * identity takes files.
 *
 * <p>Reads and writes text; knows neither what the columns hold nor Spark.
 */
package dev.tributary.pipelines.identity.csv;
