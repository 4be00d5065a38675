/**
 * The tracking plan: which schema an event without one is held to, and which table a schema's
 * events go to. Reads one YAML file; knows neither Spark nor Delta.
 */
package dev.tributary.schemas.plan;
