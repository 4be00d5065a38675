/**
 * The demo, and input for a lake that has none yet: a seeded shop whose events look like a real
 * one's, and the replay of a real wholesaler's invoices. Starts a broker beside Spark, writes
 * events in their wire form to a topic, has them landed by the landing job, and holds what landed
 * against the truth it kept of what it made. The sources know nothing of how they are landed.
 */
package dev.tributary.pipelines.demo;
