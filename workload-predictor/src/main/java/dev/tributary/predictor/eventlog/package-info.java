/**
 * Reads Spark's event logs (1.2 to 4.x) wherever they lie and however they are packed: finds them
 * ({@link dev.tributary.predictor.eventlog.LogFinder}), streams them in bounded memory ({@link
 * dev.tributary.predictor.eventlog.EventLogReader}) and hands over the events that sizing needs
 * ({@link dev.tributary.predictor.eventlog.Event}); everything else is counted. Remembers what it
 * has read ({@link dev.tributary.predictor.eventlog.ReadState}). Must not know what is made of the
 * events, nor Spark, nor Hadoop: object stores come through {@link
 * dev.tributary.predictor.eventlog.LogStorage}.
 */
package dev.tributary.predictor.eventlog;
