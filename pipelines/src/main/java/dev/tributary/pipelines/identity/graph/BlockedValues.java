package dev.tributary.pipelines.identity.graph;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Values that identify nobody, such as {@code null} or {@code noreply@…}.
 *
 * @param type the identifier type they are of; {@value Limit#ANY} for every type
 * @param values exact, compared without regard to case
 * @param patterns RE2 patterns, which take time linear in the value; one matches when some part of
 *     the value does
 */
public record BlockedValues(String type, List<String> values, List<Pattern> patterns)
    implements Serializable {
  public BlockedValues {
    Objects.requireNonNull(type, "type");
    TreeSet<String> sorted = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    sorted.addAll(values);
    values = List.copyOf(sorted);
    patterns = List.copyOf(patterns);
  }

  /**
   * Blocks by values and patterns.
   *
   * @throws IllegalArgumentException when a pattern is none of RE2's
   */
  public static BlockedValues of(String type, List<String> values, List<String> patterns) {
    return new BlockedValues(type, values, patterns.stream().map(BlockedValues::compile).toList());
  }

  private static Pattern compile(String pattern) {
    try {
      return Pattern.compile(pattern);
    } catch (PatternSyntaxException malformed) {
      throw GraphErrors.rule(
          "the pattern '" + pattern + "'",
          "no RE2 expression (" + malformed.getDescription() + ")",
          "correct it; look-around and back-references do not exist in RE2");
    }
  }

  /** What blocks this identifier, for people. */
  Optional<String> blocks(Identifier identifier) {
    if (!type.equals(Limit.ANY) && !type.equals(identifier.type())) {
      return Optional.empty();
    }
    if (contains(identifier.value())) {
      return Optional.of("the value is on the list of blocked values of " + type);
    }
    for (Pattern pattern : patterns) {
      if (pattern.matcher(identifier.value()).find()) {
        return Optional.of("the value matches the blocked pattern " + pattern.pattern());
      }
    }
    return Optional.empty();
  }

  private boolean contains(String value) {
    int low = 0;
    int high = values.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = values.get(middle).compareToIgnoreCase(value);
      if (order == 0) {
        return true;
      }
      low = order < 0 ? middle + 1 : low;
      high = order < 0 ? high : middle - 1;
    }
    return false;
  }
}
