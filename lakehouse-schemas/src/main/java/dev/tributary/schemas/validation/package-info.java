/**
 * Holds JSON instances against event schemas. Reads compiled schemas, writes nothing; knows nothing
 * of versions' compatibility, tables or the landing.
 */
package dev.tributary.schemas.validation;
