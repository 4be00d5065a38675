/**
 * SQL for people: statements in, tables, CSV or JSON lines out, and the prompt.
 *
 * <p>Runs on whatever Spark session it is given; results go to the stream it is given, everything
 * else (errors, timing) to the other. It knows names of the lake only to complete them.
 */
package dev.tributary.pipelines.lake.terminal;
