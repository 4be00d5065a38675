/**
 * Contracts of the lake's fixed tables: columns, keys, tags, partitioning, retention, and the
 * numbered migrations between their versions. Reads YAML resources; knows neither Spark nor Delta.
 */
package dev.tributary.schemas.contract;
