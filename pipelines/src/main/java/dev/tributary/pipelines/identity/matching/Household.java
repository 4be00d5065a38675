package dev.tributary.pipelines.identity.matching;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Two persons of one household agree in surname and address as one person's records do, and are two
 * nevertheless. They are a class of pairs of their own beside matches and strangers (Larsen and
 * Rubin 2001, Iterative automated record linkage using mixture models, section 2): of what they may
 * share, a share of them agrees as matches do, the rest as strangers do.
 */
final class Household {
  /** How often such persons share what tells persons of one household apart: twins, namesakes. */
  static final double PERSONAL = 0.02;

  /** How often they are believed to share the rest, before there is data. */
  static final double SHARED = 0.9;

  private static final double HALF = 0.5;

  private Household() {}

  static boolean personal(double sharing) {
    return sharing < HALF;
  }

  /**
   * Whether there can be such pairs: there are names of persons, something to share, and something
   * that tells of most records who of a household it is, for else every match could be one of them.
   */
  static boolean possible(List<Attribute> attributes, int records) {
    boolean names = false;
    boolean shared = false;
    boolean told = false;
    for (Attribute attribute : attributes) {
      if (attribute instanceof NameAttribute name) {
        names = true;
        told |= name.hasGivenNames();
      } else {
        boolean personal = personal(attribute.sharing()[0]);
        shared |= !personal;
        told |= personal && isUsual(attribute, records);
      }
    }
    return names && shared && told;
  }

  private static boolean isUsual(Attribute attribute, int records) {
    long there = IntStream.range(0, records).filter(record -> !attribute.missing(record)).count();
    return 2 * there >= records;
  }
}
