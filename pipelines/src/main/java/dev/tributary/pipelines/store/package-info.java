/**
 * What object stores need that directories do not: the settings of S3A, writing a file once though
 * many try, Delta's log on S3, and telling quickly that a store cannot be reached. Reads and writes
 * what it is handed; knows no lake, no job and no table.
 */
package dev.tributary.pipelines.store;
