package dev.tributary.pipelines.identity.matching;

import java.util.List;

/**
 * How two different values of one kind compare: a level from 0, nothing in common, up to the last,
 * equality, which is theirs only if they are two spellings of one value.
 */
interface LevelRule {
  /** One label a level, from disagreement to equality. */
  List<String> labels();

  /** The m probabilities that are believed in before there is data, one a level, 1 in all. */
  double[] belief();

  /**
   * The u probabilities that are believed in before there is data, one a level, 1 in all: two
   * entities hardly share a passport, however few records there are to tell it from. Empty where
   * only the data can tell, as of places.
   */
  default double[] strangers() {
    return new double[0];
  }

  /** See {@link Attribute#sharing}. */
  default double sharing() {
    return Household.SHARED;
  }

  /** See {@link Attribute#incidental}. */
  default boolean incidental() {
    return false;
  }

  /** See {@link Attribute#place}. */
  default boolean place() {
    return false;
  }

  /** A value in its compared form; empty when it says nothing. */
  String normalise(String value);

  /** The level of two different normalised values; symmetric. */
  int level(String left, String right);

  /** The names of the blocking keys that {@link #keys} gives. */
  List<String> keyNames();

  /** The blocking keys of a normalised value, one a name; null where it has none. */
  String[] keys(String value);
}
