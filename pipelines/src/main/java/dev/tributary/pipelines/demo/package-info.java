/**
 * Input for a lake that has none yet: a seeded shop whose events look like a real one's, and the
 * replay of a real wholesaler's invoices. Writes events in their wire form to a Kafka topic and
 * keeps the truth about them; knows nothing of how they are landed.
 */
package dev.tributary.pipelines.demo;
