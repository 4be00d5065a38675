package dev.tributary.pipelines.identity.matching;

import java.util.List;

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

  /** Whether there can be such pairs: there are names of persons, and something to share. */
  static boolean possible(List<Attribute> attributes) {
    boolean names = attributes.stream().anyMatch(NameAttribute.class::isInstance);
    return names
        && attributes.stream()
            .filter(attribute -> !(attribute instanceof NameAttribute))
            .anyMatch(attribute -> !personal(attribute.sharing()[0]));
  }
}
