package dev.tributary.predictor.eventlog;

import java.util.Optional;

/**
 * What a log held.
 *
 * @param lines lines, the last one also without its line feed
 * @param events lines handed over as an {@link Event}
 * @param taskEnds task ends, all tries of all tasks
 * @param stagesCompleted stage attempts completed
 * @param skipped well-formed lines of events that sizing does not need, or does not know
 * @param unparsed lines that are not JSON: cut, garbled, or never were
 * @param oversized lines above 64 MiB, of which nothing was taken
 * @param bytes unpacked bytes
 * @param longestLine bytes of the longest line with its end
 * @param damage why reading ended before the end of the file, e.g. a packed stream that was cut
 * @param recognised whether there was anything of an event log in it
 */
public record LogCounts(
    long lines,
    long events,
    long taskEnds,
    long stagesCompleted,
    long skipped,
    long unparsed,
    long oversized,
    long bytes,
    long longestLine,
    Optional<String> damage,
    boolean recognised) {}
