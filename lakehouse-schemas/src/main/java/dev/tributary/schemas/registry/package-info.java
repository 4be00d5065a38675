/**
 * Event schemas, their names and versions, and the registry that loads and checks them. Reads
 * directories in the Iglu layout ({@code vendor/name/format/version}), writes nothing; knows
 * nothing of tables, events or Spark.
 */
package dev.tributary.schemas.registry;
