/**
 * Which JSON Schema is spoken here: the drafts, their meta-schemas, the regular expressions and
 * formats that are asserted, and how references are resolved, always without the network. Knows
 * nothing of registries, versions or events.
 */
package dev.tributary.schemas.dialect;
