/**
 * Landing: input records become rows. Reads Kafka topics and files, the schema registry and the
 * tracking plan; writes {@code silver.<event>_v<model>}, {@code silver.activity}, {@code
 * bronze.rejected}, {@code bronze.duplicates} and the ledger {@code ops.landing_batches}. Must not
 * know of demos, benchmarks or the command line.
 */
package dev.tributary.pipelines.landing;
