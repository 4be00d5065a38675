/**
 * Compares two versions of a schema: what changed, what that does to data already written, and
 * which SchemaVer label the change needs. Reads JSON Schema documents only; knows nothing of
 * registries, files or events.
 */
package dev.tributary.schemas.compatibility;
