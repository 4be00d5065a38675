package dev.tributary.pipelines.identity.matching;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What follows from what: two strangers of one postcode are often of one town, two of one address
 * often of one family. Measured over pairs drawn from the records that agree in an attribute: how
 * much likelier each level of the attributes after it is among them than between two random
 * records. Names come last, so that a family name can follow from an address and not the other way.
 */
final class Dependence {
  private static final long SEED = 20_260_102;
  private static final int PAIRS = 100_000;

  /** Random pairs that weigh as much as what is seen among those that agree. */
  private static final double BELIEF = 100;

  /** Matches are taken off with a margin, as their number is an estimate. */
  private static final double MARGIN = 1.1;

  private static final double LEAST = -Math.log(2);

  private static final double NOTABLE = Math.log(1.5);

  private final List<Attribute> attributes;
  private final Copies copies;
  private final int records;
  private final Map<Integer, double[][]> counts = new HashMap<>();
  private final double[] agreeing;
  private final double[] drawn;
  private final boolean households;

  /** Draws the pairs; attributes depend only on those before them in the list. */
  Dependence(List<Attribute> attributes, Copies copies, int records, MatchModel any) {
    this.copies = copies;
    this.attributes = attributes;
    this.records = records;
    this.households = any.relatives();
    this.agreeing = new double[attributes.size()];
    this.drawn = new double[attributes.size()];
    Scorer scorer = new Scorer(attributes, any);
    for (int a = 0; a + 1 < attributes.size(); a++) {
      if (attributes.get(a).agreement() < Integer.MAX_VALUE) {
        draw(a, scorer);
      }
    }
  }

  private void draw(int attribute, Scorer scorer) {
    int[] order = grouped(attribute);
    long[] until = new long[order.length];
    int[] start = new int[order.length];
    int groups = 0;
    long pairs = 0;
    for (int from = 0; from < order.length; ) {
      int to = from;
      int group = attributes.get(attribute).group(order[from]);
      while (to < order.length && attributes.get(attribute).group(order[to]) == group) {
        to++;
      }
      long n = to - from;
      pairs += n * (n - 1) / 2;
      start[groups] = from;
      until[groups++] = pairs;
      from = to;
    }
    agreeing[attribute] = pairs;
    if (pairs == 0) {
      return;
    }
    double[][] seen = counts();
    SplittableRandom draws = new SplittableRandom(SEED + attribute);
    int wanted = (int) Math.min(PAIRS, 4 * pairs);
    for (int i = 0; i < wanted; i++) {
      int at = Arrays.binarySearch(until, 0, groups, draws.nextLong(pairs) + 1);
      int group = at < 0 ? -at - 1 : firstOf(until, at);
      int end = group + 1 < groups ? start[group + 1] : order.length;
      int n = end - start[group];
      int one = draws.nextInt(n);
      int two = draws.nextInt(n - 1);
      int left = order[start[group] + one];
      int right = order[start[group] + (two < one ? two : two + 1)];
      if (!copies.crowded(left, right)) {
        scorer.tally(left, right, seen);
      }
    }
    drawn[attribute] = wanted;
    counts.put(attribute, seen);
  }

  /** Groups of one record add no pairs: of equal ends the first is the group's own. */
  private static int firstOf(long[] until, int at) {
    int first = at;
    while (first > 0 && until[first - 1] == until[at]) {
      first--;
    }
    return first;
  }

  /** The records that say something, those that say the same side by side. */
  private int[] grouped(int attribute) {
    Attribute one = attributes.get(attribute);
    long[] entries = new long[records];
    int n = 0;
    for (int record = 0; record < records; record++) {
      if (one.group(record) >= 0) {
        entries[n++] = (long) one.group(record) << 32 | record;
      }
    }
    Arrays.sort(entries, 0, n);
    return Arrays.stream(entries, 0, n).mapToInt(entry -> (int) entry).toArray();
  }

  private double[][] counts() {
    double[][] empty = new double[attributes.size()][];
    for (int a = 0; a < empty.length; a++) {
      empty[a] = new double[attributes.get(a).levels().size()];
    }
    return empty;
  }

  /** Whether others may depend on the attribute. */
  boolean measured(int attribute) {
    return counts.containsKey(attribute);
  }

  /**
   * What follows for one attribute from each before it.
   *
   * @param matched expected matches that agree in each attribute, by attribute and level; from
   *     attributes that it lacks only classes follow, as if all were strangers: else places would
   *     be learned for persons
   * @param u of the attribute's levels
   */
  Map<String, List<Double>> given(int attribute, Map<Integer, double[][]> matched, double[] u) {
    Map<String, List<Double>> given = new HashMap<>();
    for (int other = 0; other < attribute; other++) {
      boolean known = matched.containsKey(other) || classes(attribute, other);
      if (counts.containsKey(other) && known) {
        double[] lift = lift(attribute, other, matched.get(other), u);
        if (Arrays.stream(lift).max().orElse(0) > NOTABLE) {
          given.put(attributes.get(other).name(), Arrays.stream(lift).boxed().toList());
        }
      }
    }
    return Collections.unmodifiableMap(given);
  }

  private boolean classes(int attribute, int other) {
    return attributes.get(attribute).classifies() && attributes.get(other).classifies();
  }

  private double[] lift(int attribute, int other, double[][] matched, double[] u) {
    double[] seen = counts.get(other)[attribute];
    int[] groups = attributes.get(attribute).groups();
    double scale = drawn[other] / agreeing[other];
    double[] strangers = new double[u.length];
    double[] sums = new double[u.length];
    for (int level = 0; level < u.length; level++) {
      double matches = matched == null ? 0 : matched[attribute][level] * scale * MARGIN;
      strangers[level] = Math.max(seen[level] - matches, 0) + BELIEF * u[level];
      sums[groups[level]] += strangers[level];
    }
    double[] sumsU = new double[u.length];
    for (int level = 0; level < u.length; level++) {
      sumsU[groups[level]] += u[level];
    }
    double[] sharing = attributes.get(attribute).sharing();
    boolean place = !Household.personal(attributes.get(other).sharing()[0]);
    double[] lift = new double[u.length];
    for (int level = 0; level < u.length; level++) {
      if (households && place && Household.personal(sharing[groups[level]])) {
        continue;
      }
      double ratio = strangers[level] / sums[groups[level]] / (u[level] / sumsU[groups[level]]);
      lift[level] = Math.max(LEAST, Math.log(ratio));
    }
    return lift;
  }
}
