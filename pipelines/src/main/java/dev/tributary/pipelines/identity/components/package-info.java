/**
 * Connected components of graphs too large for one machine: which identifiers hang together. Reads
 * edges of 64-bit node ids, gives each node the smallest id of its component. One interface, {@link
 * dev.tributary.pipelines.identity.components.ComponentEngine}; the engine in here contracts the
 * graph over Spark, others are found by {@link java.util.ServiceLoader}. Must not know what a node
 * stands for, nor of tables, jobs or the lake.
 */
package dev.tributary.pipelines.identity.components;
