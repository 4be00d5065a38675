/**
 * A real Kafka broker (KRaft, one node, loopback only) for the demo, the benchmarks and the tests,
 * in this JVM or in a child JVM. Reads and writes its data directory; knows nothing of events,
 * schemas or Spark.
 */
package dev.tributary.pipelines.broker;
