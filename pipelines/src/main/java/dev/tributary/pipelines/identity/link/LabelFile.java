package dev.tributary.pipelines.identity.link;

import dev.tributary.pipelines.identity.csv.CsvFile;
import dev.tributary.pipelines.identity.matching.Labels;
import dev.tributary.pipelines.identity.matching.RecordSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads {@link Labels} from CSV with a header: two record ids, as {@code assignments.csv} has them,
 * and, where there is a third column, whether they match: 1 or true, 0 or false.
 */
public final class LabelFile {
  private LabelFile() {}

  /**
   * Reads all pairs.
   *
   * @throws dev.tributary.pipelines.job.JobException naming the row and the id that is not known
   */
  public static Labels read(Path file, RecordSet records) {
    Map<String, Integer> numbers = new HashMap<>();
    for (int i = 0; i < records.size(); i++) {
      numbers.put(records.qualifiedId(i), i);
    }
    List<Labels.Pair> pairs = new ArrayList<>();
    Map<Long, Boolean> said = new HashMap<>();
    CsvFile.read(
        file,
        new PairRows(
            () -> LinkErrors.badLabels(file),
            (number, values) -> {
              int left = record(file, number, values[0], numbers);
              int right = record(file, number, values[1], numbers);
              boolean match = values.length < 3 || match(file, number, values[2]);
              if (left == right) {
                if (!match) {
                  throw LinkErrors.otherThanItself(file, number, values[0]);
                }
                return;
              }
              long pair = (long) Math.min(left, right) << 32 | Math.max(left, right);
              Boolean before = said.put(pair, match);
              if (before == null) {
                pairs.add(new Labels.Pair(left, right, match));
              } else if (before != match) {
                throw LinkErrors.contradictory(file, number, values[0], values[1]);
              }
            }));
    return new Labels(pairs);
  }

  private static int record(Path file, long number, String id, Map<String, Integer> numbers) {
    Integer record = numbers.get(id);
    if (record == null) {
      throw LinkErrors.unknownRecord(file, number, id);
    }
    return record;
  }

  private static boolean match(Path file, long number, String value) {
    return switch (String.valueOf(value).toLowerCase(Locale.ROOT)) {
      case "1", "true" -> true;
      case "0", "false" -> false;
      default -> throw LinkErrors.badMatch(file, number, value);
    };
  }
}
