/** What the lake holds: event schemas, table contracts, and the registry. No Spark in here. */
package dev.tributary.schemas;
