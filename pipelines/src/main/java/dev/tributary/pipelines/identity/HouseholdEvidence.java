package dev.tributary.pipelines.identity;

import dev.tributary.pipelines.identity.graph.Edge;
import dev.tributary.pipelines.identity.graph.Identifier;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * What a login says is shared, summed up: the same as {@link Households} has of many with joins.
 * Times are microseconds since 1970 UTC.
 */
record HouseholdEvidence(
    long login,
    long shared,
    String sharedType,
    String rule,
    double confidence,
    long first,
    long last,
    long observations) {

  private record Said(long login, long shared, String rule, String source, String consent) {}

  private record Key(long login, long shared, String rule) {}

  /**
   * Sums statements up: those of the newest restatement of an edge and after it count.
   *
   * @param withdrawn consents; what rests on them does not count
   */
  static Collection<HouseholdEvidence> of(
      Collection<HouseholdStatement> statements, Set<String> withdrawn) {
    Map<Said, Long> since = new HashMap<>();
    for (HouseholdStatement one : statements) {
      if (one.replaces()) {
        since.merge(said(one), one.batch(), Math::max);
      }
    }
    Map<Key, HouseholdEvidence> sums = new HashMap<>();
    for (HouseholdStatement one : statements) {
      Long from = since.get(said(one));
      boolean holds = from == null || one.batch() > from || one.batch() == from && one.replaces();
      if (holds && one.observations() > 0 && !withdrawn.contains(one.consent())) {
        sums.merge(
            new Key(one.login(), one.shared(), one.rule()),
            new HouseholdEvidence(
                one.login(),
                one.shared(),
                one.sharedType(),
                one.rule(),
                one.confidence(),
                one.first(),
                one.last(),
                one.observations()),
            HouseholdEvidence::and);
      }
    }
    return sums.values();
  }

  private static Said said(HouseholdStatement one) {
    return new Said(one.login(), one.shared(), one.rule(), one.source(), one.consent());
  }

  /** The evidence of the logins of one person, whichever of them said it. */
  static Collection<HouseholdEvidence> ofPerson(Collection<HouseholdEvidence> ofLogins) {
    Map<Key, HouseholdEvidence> sums = new HashMap<>();
    for (HouseholdEvidence one : ofLogins) {
      sums.merge(new Key(0, one.shared, one.rule), one, HouseholdEvidence::and);
    }
    return sums.values();
  }

  private HouseholdEvidence and(HouseholdEvidence other) {
    return new HouseholdEvidence(
        login,
        shared,
        sharedType,
        rule,
        Math.max(confidence, other.confidence),
        Math.min(first, other.first),
        Math.max(last, other.last),
        observations + other.observations);
  }

  /** The evidence as {@link HouseholdResolver} reads it, all as of one component. */
  Row row(String profile) {
    return RowFactory.create(
        0L, profile, shared, sharedType, rule, confidence, first, last, observations);
  }

  /** The evidence as an edge. */
  Edge edge(Identifier person, Identifier what) {
    return new Edge(person, what, rule, confidence, first, last, observations, null, null);
  }

  /** A person that a decision names, seen by then, who may share nothing. */
  static Row alone(String profile, long seen) {
    return RowFactory.create(0L, profile, null, null, null, null, seen, seen, 0L);
  }
}
