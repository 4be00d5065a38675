/**
 * The command line: {@code tributary run}, {@code jobs}, {@code sql} and the rest, and the list of
 * all jobs. Turns arguments into calls of the other packages and their outcomes into exit codes;
 * nobody may depend on it.
 */
package dev.tributary.pipelines.cli;
