/**
 * Benchmarks of landing, and the load they put on it: a generator in a process of its own that
 * fills a topic as fast as it can or to a schedule. Knows the wire form of events and writes the
 * schemas of its own; knows nothing of a lake. Benchmarks of identity's parts, on data generated
 * with known answers.
 */
package dev.tributary.pipelines.bench;
