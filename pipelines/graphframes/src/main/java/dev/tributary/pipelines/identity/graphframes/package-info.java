/**
 * The component engine of GraphFrames, for those who have it, as on Databricks ML runtimes. Knows
 * only the interface {@link dev.tributary.pipelines.identity.components.ComponentEngine}, and is
 * known to nobody: {@link java.util.ServiceLoader} finds it.
 */
package dev.tributary.pipelines.identity.graphframes;
