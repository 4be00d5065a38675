package dev.tributary.pipelines.identity.graph;

import java.io.Serializable;

/**
 * When two dense parts are not joined. Parts are what evidence of at least {@code below} connects.
 * One is dense when it has at least {@code minSide} identifiers which are linked to {@code
 * minDegree} others on average. Two dense parts are joined only if the weaker evidence between them
 * reaches {@code below} together: 1 − Π(1 − confidence). Evidence that hangs a part that is not
 * dense, such as one person's devices around a login, is never touched.
 *
 * @param below confidence in [0, 1]; 0 switches the rule off
 * @param minSide identifiers, at least 2
 * @param minDegree average number of linked identifiers; a tree has less than 2
 */
public record BridgeRule(double below, int minSide, double minDegree) implements Serializable {
  /** No bridge is too weak. */
  public static final BridgeRule OFF = new BridgeRule(0, 2, 0);

  public BridgeRule {
    if (!(below >= 0 && below <= 1)) {
      throw GraphErrors.rule("the bridge confidence", below, "give one in [0, 1], 0 for none");
    }
    if (minSide < 2) {
      throw GraphErrors.rule("the smallest side of a bridge", minSide, "give at least 2");
    }
    if (!(minDegree >= 0)) {
      throw GraphErrors.rule("the degree of a dense part", minDegree, "give at least 0");
    }
  }
}
