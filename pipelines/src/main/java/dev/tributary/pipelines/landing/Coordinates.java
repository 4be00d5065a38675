package dev.tributary.pipelines.landing;

import static dev.tributary.schemas.contract.ActivityColumns.LANDED_FROM;
import static dev.tributary.schemas.contract.ActivityColumns.LANDED_INDEX;
import static dev.tributary.schemas.contract.ActivityColumns.LANDED_OFFSET;
import static dev.tributary.schemas.contract.ActivityColumns.LANDED_PARTITION;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Where an event stood in its input. Unique within a topic's life: a topic that is made again under
 * its old name gives the same ones once more.
 */
final class Coordinates {
  static final List<String> COLUMNS =
      List.of(LANDED_FROM, LANDED_PARTITION, LANDED_OFFSET, LANDED_INDEX);

  /** For a SELECT or GROUP BY list. */
  static final String LIST = String.join(", ", COLUMNS);

  private Coordinates() {}

  /** The condition that the coordinates, and any columns beside them, of two aliases are equal. */
  static String equal(String left, String right, String... more) {
    List<String> all = new java.util.ArrayList<>(COLUMNS);
    all.addAll(List.of(more));
    return all.stream()
        .map(column -> left + "." + column + " = " + right + "." + column)
        .collect(Collectors.joining(" AND "));
  }
}
