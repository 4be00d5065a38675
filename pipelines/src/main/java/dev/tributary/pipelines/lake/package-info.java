/**
 * The lake: where its tables lie, and how any Spark session finds them by name.
 *
 * <p>Reads directories and the schemas of Delta tables; writes nothing of its own but what SQL asks
 * for ({@code CREATE TABLE}, {@code DROP TABLE}). Names come from the directory alone, at each
 * query: no metastore, no server, no lock, so any number of processes may look while others write.
 * It must not know what the tables mean (events, identities, jobs).
 */
package dev.tributary.pipelines.lake;
