package dev.tributary.pipelines.identity.matching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** From records to entities: attributes, candidates, model, weights, clusters. */
public final class Linker {
  private final RecordSet records;
  private final Consumer<String> progress;
  private final Attributes.Made made;

  private Linker(RecordSet records, LinkConfig config, Consumer<String> progress) {
    this.records = records;
    this.progress = progress;
    this.made = Attributes.of(records, config);
  }

  /**
   * Links or deduplicates records.
   *
   * @param progress told what is being done
   * @throws MatchingException when no column is left to compare
   */
  public static Linkage link(RecordSet records, LinkConfig config, Consumer<String> progress) {
    return link(records, config, Labels.none(), progress);
  }

  /**
   * The same with pairs of which it is known whether they are one.
   *
   * @param labels may be none
   */
  public static Linkage link(
      RecordSet records, LinkConfig config, Labels labels, Consumer<String> progress) {
    if (records.size() < 2) {
      throw MatchingErrors.tooFew(records.size());
    }
    Linker linker = new Linker(records, config, progress);
    return linker.link(config, labels);
  }

  /** What each attribute says of two records under a linkage's model. */
  public static List<ComparisonOutcome> explain(
      Linkage linkage, LinkConfig config, int left, int right) {
    Attributes.Made made = Attributes.of(linkage.records(), config);
    return new Scorer(made.attributes(), linkage.model()).explain(left, right);
  }

  private Linkage link(LinkConfig config, Labels labels) {
    List<Attribute> attributes = made.attributes();
    progress.accept("choosing pairs to compare");
    Copies copies = Copies.of(attributes, records.size());
    CandidatePairs candidates = Blocking.of(attributes, records.size(), copies);
    long pairs = new PairScan(candidates).count();
    progress.accept("learning from " + pairs + " candidate pairs");
    MatchModel learned = Estimator.estimate(attributes, copies, candidates, pairs);
    MatchModel model = labels.refine(learned, attributes);
    progress.accept("weighing them");
    ScoredPairs scored = score(candidates, model);
    boolean oneToOne =
        records.sources().size() > 1
            && (config.oneToOne() == LinkConfig.OneToOne.AUTO
                ? SourceConstraint.holds(records, scored)
                : config.oneToOne() == LinkConfig.OneToOne.TRUE);
    progress.accept("joining records");
    Scorer scorer = new Scorer(attributes, model);
    int[][] clusters = Clustering.of(scorer, records, scored, oneToOne, config.minConfidence());
    int[] clusterOf = clusterOf(clusters);
    return new Linkage(
        records,
        Arrays.asList(clusters),
        confidence(scorer, scored, clusters, clusterOf, oneToOne),
        links(scored, clusterOf),
        model,
        candidates,
        pairs,
        oneToOne,
        made.kinds(),
        made.leftOut());
  }

  private ScoredPairs score(CandidatePairs candidates, MatchModel model) {
    Scorer[] scorers = new Scorer[Runtime.getRuntime().availableProcessors()];
    Arrays.setAll(scorers, i -> new Scorer(made.attributes(), model));
    return ScoredPairs.concat(
        new PairScan(candidates).<ScoredPairs>each(worker -> new Weighing(scorers[worker])));
  }

  private static final class Weighing implements PairScan.Part<ScoredPairs> {
    private final Scorer scorer;
    private final ScoredPairs kept = new ScoredPairs();

    Weighing(Scorer scorer) {
      this.scorer = scorer;
    }

    @Override
    public void pair(int left, int right) {
      double weight = scorer.weight(left, right);
      if (weight > Clustering.NEAR) {
        kept.add(left, right, weight);
      }
    }

    @Override
    public ScoredPairs result() {
      return kept;
    }
  }

  private int[] clusterOf(int[][] clusters) {
    int[] clusterOf = new int[records.size()];
    for (int c = 0; c < clusters.length; c++) {
      for (int record : clusters[c]) {
        clusterOf[record] = c;
      }
    }
    return clusterOf;
  }

  private static List<Linkage.Link> links(ScoredPairs scored, int[] clusterOf) {
    List<Linkage.Link> links = new ArrayList<>();
    scored.forEach(
        (left, right, weight) -> {
          boolean together = clusterOf[left] == clusterOf[right];
          if (together || weight > 0) {
            links.add(new Linkage.Link(right, left, weight, together));
          }
        });
    return links;
  }

  /** For a member how it weighs with the others; for a singleton how it weighs with no other. */
  private double[] confidence(
      Scorer scorer, ScoredPairs scored, int[][] clusters, int[] clusterOf, boolean oneToOne) {
    double[] away = new double[records.size()];
    Arrays.fill(away, Double.NEGATIVE_INFINITY);
    scored.forEach(
        (left, right, weight) -> {
          if (clusterOf[left] != clusterOf[right]
              && !(oneToOne && records.source(left) == records.source(right))) {
            away[left] = Math.max(away[left], weight);
            away[right] = Math.max(away[right], weight);
          }
        });
    double[] confidence = new double[records.size()];
    for (int[] members : clusters) {
      for (int record : members) {
        confidence[record] =
            members.length == 1
                ? MatchModel.probability(-away[record])
                : MatchModel.probability(
                    Clustering.weight(scorer, new int[] {record}, others(members, record)));
      }
    }
    return confidence;
  }

  private static int[] others(int[] members, int record) {
    return Arrays.stream(members).filter(member -> member != record).limit(64).toArray();
  }
}
