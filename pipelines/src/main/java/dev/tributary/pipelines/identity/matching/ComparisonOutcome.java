package dev.tributary.pipelines.identity.matching;

import java.util.List;

/**
 * What one attribute says of two records.
 *
 * @param left the first record's value in its compared form, empty when missing
 * @param right the second record's
 * @param levels what was seen and its weight; none when either value is missing
 */
public record ComparisonOutcome(String attribute, String left, String right, List<Level> levels) {
  private static final double LOG_2 = Math.log(2);

  /** Copies the list. */
  public ComparisonOutcome {
    levels = List.copyOf(levels);
  }

  /**
   * One comparison level that was reached.
   *
   * @param weight logarithm of the likelihood ratio, in nats
   */
  public record Level(String label, double weight) {}

  /** The match weight in bits: the binary logarithm of the likelihood ratio. */
  public double bits() {
    return levels.stream().mapToDouble(Level::weight).sum() / LOG_2;
  }
}
