/**
 * Which records describe the same entity, told from their attributes alone: comparison levels,
 * blocking, a Fellegi–Sunter model estimated without labels, and clusters that weigh a record
 * against all members of a cluster at once.
 *
 * <p>Pure computation over records in memory: reads and writes no table or file, knows neither
 * Spark nor the lake. Everything is a function of the set of records; no result depends on their
 * order or on the number of threads.
 */
package dev.tributary.pipelines.identity.matching;
