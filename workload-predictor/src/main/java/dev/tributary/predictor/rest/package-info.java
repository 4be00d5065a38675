/**
 * Applications as Spark's REST API tells them ({@code /api/v1} of a driver's UI or of a History
 * Server): asked for piece by piece and turned into the events that an event log would hold, so
 * that the features are computed by the same code. Knows nothing of files.
 */
package dev.tributary.predictor.rest;
