/**
 * What a connected group of identifiers becomes: which evidence counts, where the group is broken,
 * which profiles remain, their ids, what changed against an earlier assignment, and why.
 *
 * <p>Reads and writes nothing: values in, values out, each a function of the <em>set</em> of its
 * inputs, whatever their order or repetition. Must not know Spark, tables, jobs or the command
 * line.
 */
package dev.tributary.pipelines.identity.graph;
