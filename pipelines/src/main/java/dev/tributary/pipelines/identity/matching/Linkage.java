package dev.tributary.pipelines.identity.matching;

import java.util.List;
import java.util.Map;

/**
 * Records joined to entities, with what led to it.
 *
 * @param records what was linked
 * @param clusters the members of each entity, ascending, singletons too
 * @param confidence of each record, 0 to 1: the probability that it belongs where it was put
 * @param links the pairs that weigh for a match, or are of one entity and were compared
 * @param model what was learned
 * @param candidates the pairs that were compared
 * @param candidatePairs how many those are
 * @param oneToOne whether sources were found, or told, to be without duplicates
 * @param kinds what each compared column was taken for
 * @param leftOut a sentence for each column that was not compared
 */
public record Linkage(
    RecordSet records,
    List<int[]> clusters,
    double[] confidence,
    List<Link> links,
    MatchModel model,
    CandidatePairs candidates,
    long candidatePairs,
    boolean oneToOne,
    Map<String, AttributeKind> kinds,
    List<String> leftOut) {

  /**
   * A compared pair.
   *
   * @param weight the logarithm of the odds that it matches, in nats
   * @param together whether both records are in one cluster
   */
  public record Link(int left, int right, double weight, boolean together) {
    /** The probability that the two match, seen alone. */
    public double probability() {
      return MatchModel.probability(weight);
    }
  }

  /** The number of each record's cluster in {@link #clusters}. */
  public int[] assignment() {
    int[] assignment = new int[records.size()];
    for (int c = 0; c < clusters.size(); c++) {
      for (int record : clusters.get(c)) {
        assignment[record] = c;
      }
    }
    return assignment;
  }
}
