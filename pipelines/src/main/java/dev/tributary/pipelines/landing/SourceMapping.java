package dev.tributary.pipelines.landing;

import dev.tributary.schemas.yaml.YamlNode;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the files of one source hold, and how a row of them becomes an event:
 *
 * <pre>{@code
 * source: till                       # the source system of events that do not name their own
 * format: csv                        # json-lines, csv or parquet
 * path: exports/till                 # or a URI; a relative path begins at this file's directory
 * options: {separator: ";", encoding: ISO-8859-1}
 * envelope:                          # member of the wire event: Spark SQL over the columns
 *   event: "'Order Completed'"
 *   messageId: concat('till/', receipt)
 *   timestamp: to_timestamp(sold_at, 'dd.MM.yyyy HH:mm:ss')
 *   userId: customer
 * properties:
 *   "*": "*"                         # every column that no other expression uses, as it is
 *   total: CAST(total AS DOUBLE)
 * context: {shop: shop_id}
 * }</pre>
 *
 * JSON lines without an envelope are wire events already.
 *
 * @param file the mapping file, for errors
 * @param columns {@code name} (CSV without a header) or {@code name TYPE} (JSON lines), in order;
 *     empty where the files name their columns
 * @param envelope empty for JSON lines that are wire events
 * @param properties expressions of the event's properties or traits
 * @param context expressions of the event's context
 */
record SourceMapping(
    String file,
    Optional<String> source,
    Format format,
    YamlNode pathPlace,
    String path,
    FileOptions options,
    YamlNode columnsPlace,
    List<String> columns,
    List<Entry> envelope,
    Members properties,
    Members context) {

  /** What the files are. */
  enum Format {
    JSON_LINES,
    CSV,
    PARQUET
  }

  /** One member of the event, the expression that makes it, and where that is written. */
  record Entry(String name, String sql, YamlNode place) {
    Entry {
      Objects.requireNonNull(name);
      Objects.requireNonNull(sql);
      Objects.requireNonNull(place);
    }
  }

  /**
   * The members of an object of the event.
   *
   * @param others whether all columns that no expression of the mapping uses belong to it
   */
  record Members(List<Entry> entries, boolean others) {
    static final Members NONE = new Members(List.of(), false);

    Members {
      entries = List.copyOf(entries);
    }

    boolean none() {
      return entries.isEmpty() && !others;
    }
  }

  SourceMapping {
    columns = List.copyOf(columns);
    envelope = List.copyOf(envelope);
    Objects.requireNonNull(format);
    Objects.requireNonNull(path);
  }

  /** Whether rows are mapped, rather than being wire events as they stand. */
  boolean mapsColumns() {
    return !envelope.isEmpty();
  }
}
