/**
 * Reading of hand-written YAML with errors that name file, place and fix. Knows nothing of what the
 * documents mean.
 */
package dev.tributary.schemas.yaml;
