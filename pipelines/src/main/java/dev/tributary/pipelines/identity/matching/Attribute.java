package dev.tributary.pipelines.identity.matching;

import java.util.List;

/**
 * One thing that is compared: a column, or several that say one thing together, such as the parts
 * of a name. Immutable; what comparing remembers is in the {@link LevelCache} of the caller.
 */
sealed interface Attribute permits ValueAttribute, NameAttribute, TextAttribute {
  /** Its name for people: the column's, or the columns' joined by {@code +}. */
  String name();

  /** Whether the record says nothing about it; then it is no evidence either way. */
  boolean missing(int record);

  /** What the record says, for people. */
  String show(int record);

  /** A label for each level. */
  List<String> levels();

  /** The group of each level: m and u probabilities add up to 1 within a group. */
  int[] groups();

  /** The m probabilities that are believed in before there is data; 1 in all within a group. */
  double[] belief();

  /** The u probabilities that are believed in before there is data; empty for no belief. */
  default double[] strangers() {
    return new double[0];
  }

  /**
   * For each group of levels how often two persons of one household are believed to share what it
   * compares as one person's records do, 0 to 1. Below a half it tells persons of one household
   * apart, as given names and days of birth do, and is not learned.
   */
  double[] sharing();

  /** The levels from which on two records agree so far that other attributes may follow from it. */
  int agreement();

  /** A number for what the record says, the same for records that agree; -1 when missing. */
  int group(int record);

  /**
   * Whether it tells a place, or another class of things: such attributes follow from each other.
   */
  default boolean classifies() {
    return false;
  }

  /** Whether it may be incidental to the record and say nothing of who it is of. */
  default boolean incidental() {
    return false;
  }

  /** Whether it tells where somebody is, which changes as a whole when he moves. */
  default boolean place() {
    return false;
  }

  /** Whether a higher level is never less evidence for a match than a lower one. */
  default boolean ordered() {
    return false;
  }

  /** Writes what the comparison of two records shows, nothing when either is missing. */
  void compare(int left, int right, LevelCache cache, Evidence evidence);

  /** The names of its blocking keys. */
  List<String> keyNames();

  /** Gives the record's blocking keys. */
  void keys(int record, KeySink sink);

  /** Whether two keys of this attribute may form one blocking rule together. */
  default boolean combines(int keyName, int otherKeyName) {
    return false;
  }

  /** Takes blocking keys. */
  interface KeySink {
    /**
     * @param keyName number in {@link #keyNames}
     * @param hash of the key's value
     */
    void key(int keyName, long hash);
  }
}
