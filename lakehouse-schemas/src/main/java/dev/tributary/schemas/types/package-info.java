/**
 * The mapping from JSON Schema to lake columns, and the decoding of event properties into values of
 * those columns. Reads parsed schemas and JSON trees; knows neither files, registry, Spark nor
 * Delta.
 */
package dev.tributary.schemas.types;
