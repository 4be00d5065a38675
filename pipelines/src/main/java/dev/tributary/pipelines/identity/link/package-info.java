/**
 * Links tables of any shape from files to files: reads CSV and Parquet, lets {@code
 * identity.matching} do the work, writes assignments, links, the model and a page that shows it.
 *
 * <p>Knows no lake; Spark only to read Parquet.
 */
package dev.tributary.pipelines.identity.link;
