/**
 * Which devices are one person's, told by what they do: the networks they are on and when, the
 * hours, the pages, the user agents. A model in the manner of Fellegi and Sunter, learned from
 * devices that log in, for those that never do.
 *
 * <p>Takes traces of devices and gives weights and probabilities. Must not know Spark, tables, nor
 * how traces are gathered.
 */
package dev.tributary.pipelines.identity.behaviour;
