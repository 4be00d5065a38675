package dev.tributary.pipelines.identity.graph;

/** Why evidence does not join what it connects, in the order in which it is looked at. */
public enum DropReason {
  /** The consent that it rests on was withdrawn. */
  CONSENT_WITHDRAWN("rests on a consent that was withdrawn"),
  /** The rule that made it is not one of this graph's: household evidence among persons, say. */
  OTHER_GRAPH("is evidence of another graph"),
  /** One of its values is on a list, or matches a pattern, of values that identify nobody. */
  BLOCKED_VALUE("has a blocked value"),
  /** Its source may not link these two types. */
  SOURCE("is from a source that may not link these types"),
  /** It is too uncertain to count at all. */
  BELOW_MIN_CONFIDENCE("is below the minimum confidence"),
  /** One of its values is shared by more others than one person has. */
  HUB("has a value that is shared by too many"),
  /** A must-link that a cannot-link contradicts. */
  CONTRADICTED("is a must-link that a cannot-link contradicts"),
  /** Too weak to join two dense parts. */
  WEAK_BRIDGE("is too weak a bridge between two dense parts"),
  /** Among the weakest evidence between two that a person holds apart. */
  CANNOT_LINK("is among the weakest evidence between two that cannot be linked"),
  /** Would put two values of a unique type into one profile. */
  UNIQUE("would join two values of a unique type"),
  /** Would give a profile more values of a type than its limit. */
  LIMIT("would exceed a limit");

  private final String words;

  DropReason(String words) {
    this.words = words;
  }

  /** For people, as what follows "this edge". */
  public String words() {
    return words;
  }
}
