package dev.tributary.pipelines.identity.privacy;

import dev.tributary.pipelines.identity.privacy.EncodedTable.FieldStatistics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Links encoded tables without key, plain text or labels: two tables whose records are all of
 * different people (one-to-one), or one table with itself (clusters).
 */
final class PrivateLinker {
  /** Bits of weight of a pair that shares no blocking key, as half of the matches may. */
  private static final double NOT_COMPARED = -1;

  /** Pairs of less weight, in bits, are no links whatever the threshold. */
  private static final double HOPELESS = -20;

  private PrivateLinker() {}

  /** Refuses tables that were not encoded alike. */
  static void requireComparable(
      Path leftFile, EncodedTable left, Path rightFile, EncodedTable right) {
    if (!left.keyId().equals(right.keyId())) {
      throw PrivacyErrors.keysDiffer(leftFile, left.keyId(), rightFile, right.keyId());
    }
    left.settings()
        .forEach(
            (what, a) -> {
              String b = right.settings().getOrDefault(what, "missing");
              if (!a.equals(b)) {
                throw PrivacyErrors.settingsDiffer(leftFile, rightFile, what, a, b);
              }
            });
  }

  static Linkage link(EncodedTable left, Optional<EncodedTable> right) {
    boolean within = right.isEmpty();
    EncodedTable other = right.orElse(left);
    CandidatePairs pairs =
        new CandidatePairs(
            left.records(), other.records(), within, left.fields().size(), left.hardening());
    double n = left.records().size();
    double allPairs = within ? n * (n - 1) / 2 : n * other.records().size();
    List<List<FieldStatistics>> statistics =
        within ? List.of(left.fields()) : List.of(left.fields(), other.fields());
    PrivateModel model =
        PrivateModel.fit(statistics, left.hardening(), pairs.patternCounts(), allPairs);
    double[] weights = new double[pairs.size()];
    Arrays.setAll(weights, pair -> model.weight(pairs.pattern(pair)));
    return within ? clustered(left, pairs, weights) : assigned(left, other, pairs, weights);
  }

  private static int[] best(CandidatePairs pairs, double[] weights) {
    return IntStream.range(0, pairs.size())
        .filter(pair -> weights[pair] > HOPELESS)
        .boxed()
        .sorted(
            Comparator.<Integer>comparingDouble(pair -> -weights[pair])
                .thenComparing(pairs::left)
                .thenComparing(pairs::right))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static double probability(double weight) {
    return 1 / (1 + Math.pow(2, -weight));
  }

  /** One-to-one, greedily from the best pair on, down to the threshold. */
  private static Linkage assigned(
      EncodedTable left, EncodedTable right, CandidatePairs pairs, double[] weights) {
    BitSet takenLeft = new BitSet();
    BitSet takenRight = new BitSet();
    List<Integer> chosen = new ArrayList<>();
    for (int pair : best(pairs, weights)) {
      if (!takenLeft.get(pairs.left(pair)) && !takenRight.get(pairs.right(pair))) {
        takenLeft.set(pairs.left(pair));
        takenRight.set(pairs.right(pair));
        chosen.add(pair);
      }
    }
    double[] probabilities =
        chosen.stream().mapToDouble(pair -> probability(weights[pair])).toArray();
    Threshold threshold = Threshold.of(probabilities, Arrays.stream(probabilities).sum());
    Clusters clusters = new Clusters(left.records().size() + right.records().size());
    List<String> names = new ArrayList<>();
    left.records().forEach(record -> names.add(left.name() + ":" + record.id()));
    right.records().forEach(record -> names.add(right.name() + ":" + record.id()));
    for (int pair : chosen.subList(0, threshold.count())) {
      clusters.join(
          pairs.left(pair), left.records().size() + pairs.right(pair), probability(weights[pair]));
    }
    return clusters.linkage(names, pairs.size(), threshold);
  }

  /**
   * Clusters by mean linkage: from the best pair on, two clusters are joined where the mean weight
   * of all pairs across them is above the threshold's; a pair that was no candidate counts a little
   * against.
   */
  private static Linkage clustered(EncodedTable table, CandidatePairs pairs, double[] weights) {
    int[] order = best(pairs, weights);
    double[] probabilities =
        Arrays.stream(order).mapToDouble(p -> probability(weights[p])).toArray();
    Threshold threshold = Threshold.of(probabilities, Arrays.stream(probabilities).sum());
    MeanLinkage linkage = new MeanLinkage(table.records().size(), NOT_COMPARED);
    for (int pair : order) {
      linkage.know(pairs.left(pair), pairs.right(pair), weights[pair]);
    }
    Clusters clusters = new Clusters(table.records().size());
    for (int pair : Arrays.copyOf(order, threshold.count())) {
      if (linkage.join(pairs.left(pair), pairs.right(pair), threshold.weight())) {
        clusters.join(pairs.left(pair), pairs.right(pair), probability(weights[pair]));
      }
    }
    List<String> names = table.records().stream().map(EncodedTable.EncodedRecord::id).toList();
    return clusters.linkage(names, pairs.size(), threshold);
  }
}
