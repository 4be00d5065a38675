package dev.tributary.predictor.feature;

import java.util.List;

/**
 * What a pass over logs came to.
 *
 * @param logs found
 * @param links to directories that were found before, or to nothing but themselves; not followed
 * @param unchanged known from before and not opened
 * @param applications attempts handed over
 * @param duplicates further copies of attempts, left out
 * @param empty logs without a line
 * @param foreign files that are no event logs
 * @param damaged logs whose packing was cut or broken; what came before counts
 * @param lines of all logs read
 * @param taskEnds of all logs read
 * @param stagesCompleted of all logs read
 * @param unparsed lines that are not JSON
 * @param oversized lines above 64 MiB
 * @param bytes unpacked
 * @param unreadable logs and directories that could not be read, with why; they are tried again
 *     next time. The first thousand
 */
public record ReadReport(
    long logs,
    long links,
    long unchanged,
    long applications,
    long duplicates,
    long empty,
    long foreign,
    long damaged,
    long lines,
    long taskEnds,
    long stagesCompleted,
    long unparsed,
    long oversized,
    long bytes,
    List<String> unreadable) {
  /** Copies. */
  public ReadReport {
    unreadable = List.copyOf(unreadable);
  }
}
