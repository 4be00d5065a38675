package dev.tributary.pipelines.identity.matching;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Joins records to clusters, the surest first. Two clusters are weighed as wholes: in each
 * attribute a record is held against the mixture of what the other cluster's members say, so that a
 * value that differs from one member but agrees with another is no evidence against, and nothing
 * joins two clusters by one weak bridge. They become one while the probability of it, prior
 * included, is above 0.5, so no threshold is set by hand; or above what the user asks for.
 */
final class Clustering {
  /**
   * Members of a cluster that speak for it; the work of one comparison is bounded by its square.
   */
  private static final int SPEAKERS = 24;

  /** A likelihood ratio is not held to be smaller: what is left of a sum may be rounded away. */
  private static final double LEAST = 1e-9;

  /** Pairs and clusters that weigh less than this are not looked at again. */
  static final double NEAR = -4;

  private final Scorer scorer;
  private final RecordSet records;
  private final boolean oneASource;
  private final double least;
  private final int[][] members;
  private final int[][] speakers;
  private final int[][] near;
  private final int[] nearSize;
  private final BitSet gone = new BitSet();
  private final int[] joined;
  private final MergeQueue queue = new MergeQueue();
  private int clusters;

  private Clustering(Scorer scorer, RecordSet records, boolean oneASource, double least) {
    this.scorer = scorer;
    this.records = records;
    this.oneASource = oneASource;
    this.least = Math.log(least / (1 - least));
    this.clusters = records.size();
    int most = 2 * clusters;
    this.members = new int[most][];
    this.speakers = new int[most][];
    this.near = new int[most][];
    this.nearSize = new int[most];
    this.joined = new int[most];
    for (int i = 0; i < most; i++) {
      joined[i] = i;
    }
    for (int i = 0; i < clusters; i++) {
      members[i] = new int[] {i};
      speakers[i] = members[i];
    }
  }

  /**
   * The members of each cluster, singletons too, each ascending, in the order of their first.
   *
   * @param oneASource whether a cluster has at most one record of each source
   * @param least probability from which on two clusters become one
   */
  static int[][] of(
      Scorer scorer, RecordSet records, ScoredPairs pairs, boolean oneASource, double least) {
    Clustering clustering = new Clustering(scorer, records, oneASource, least);
    clustering.begin(pairs);
    clustering.join();
    return clustering.result();
  }

  private void begin(ScoredPairs pairs) {
    pairs.forEach(
        (left, right, weight) -> {
          boolean near = weight > NEAR;
          if (near && !(oneASource && records.source(left) == records.source(right))) {
            meet(left, right);
            if (weight > least) {
              queue.add(weight, Math.min(left, right), Math.max(left, right));
            }
          }
        });
  }

  /** Whether two clusters of at most one record a source have one of the same; both ascending. */
  private boolean shareSource(int[] ones, int[] others) {
    int i = 0;
    int j = 0;
    while (i < ones.length && j < others.length) {
      int order = Integer.compare(records.source(ones[i]), records.source(others[j]));
      if (order == 0) {
        return true;
      }
      i += order < 0 ? 1 : 0;
      j += order > 0 ? 1 : 0;
    }
    return false;
  }

  private void meet(int one, int two) {
    addNear(one, two);
    addNear(two, one);
  }

  private void addNear(int cluster, int other) {
    int[] list = near[cluster];
    if (list == null) {
      list = new int[4];
      near[cluster] = list;
    } else if (nearSize[cluster] == list.length) {
      list = Arrays.copyOf(list, list.length * 2);
      near[cluster] = list;
    }
    list[nearSize[cluster]++] = other;
  }

  private void join() {
    while (queue.poll()) {
      int one = queue.one();
      int two = queue.two();
      if (!gone.get(one) && !gone.get(two)) {
        merge(one, two);
      }
    }
  }

  private void merge(int one, int two) {
    int merged = clusters++;
    members[merged] = sorted(members[one], members[two]);
    speakers[merged] = speakers(members[merged]);
    gone.set(one);
    gone.set(two);
    joined[one] = merged;
    joined[two] = merged;
    int[] around = neighbours(one, two, merged);
    for (int i = 0; i < 2; i++) {
      int old = i == 0 ? one : two;
      members[old] = null;
      speakers[old] = null;
      near[old] = null;
    }
    for (int other : around) {
      if (oneASource && shareSource(members[merged], members[other])) {
        continue;
      }
      double weight = weight(scorer, speakers[merged], speakers[other]);
      if (weight > NEAR) {
        meet(merged, other);
        if (weight > least) {
          queue.add(weight, other, merged);
        }
      }
    }
  }

  /** The living clusters that either was near to, each once, ascending. */
  private int[] neighbours(int one, int two, int merged) {
    int[] all = new int[nearSize[one] + nearSize[two]];
    int n = 0;
    for (int i = 0; i < all.length; i++) {
      int other = i < nearSize[one] ? near[one][i] : near[two][i - nearSize[one]];
      int now = living(other);
      if (now != merged) {
        all[n++] = now;
      }
    }
    return Arrays.stream(all, 0, n).sorted().distinct().toArray();
  }

  private int living(int cluster) {
    int now = cluster;
    while (joined[now] != now) {
      joined[now] = joined[joined[now]];
      now = joined[now];
    }
    return now;
  }

  private static int[] sorted(int[] one, int[] two) {
    int[] both = Arrays.copyOf(one, one.length + two.length);
    System.arraycopy(two, 0, both, one.length, two.length);
    Arrays.sort(both);
    return both;
  }

  /** All members of a small cluster; of a large one those that say most, evenly spread. */
  private int[] speakers(int[] members) {
    if (members.length <= SPEAKERS) {
      return members;
    }
    long[] order = new long[members.length];
    for (int i = 0; i < order.length; i++) {
      int silent = 0;
      for (int a = 0; a < scorer.attributes(); a++) {
        silent += scorer.missing(a, members[i]) ? 1 : 0;
      }
      order[i] = (long) silent << 32 | members[i];
    }
    Arrays.sort(order);
    return Arrays.stream(order, 0, SPEAKERS).mapToInt(entry -> (int) entry).sorted().toArray();
  }

  /** The weight for two groups of records being one entity, in nats, prior included. */
  static double weight(Scorer scorer, int[] ones, int[] others) {
    Mixture strangers = new Mixture(scorer, ones, others);
    Mixture relatives = scorer.relatives() ? new Mixture(scorer, ones, others) : null;
    double[] againstStrangers = new double[scorer.attributes()];
    double[] againstRelatives = new double[scorer.attributes()];
    for (int i = 0; i < ones.length; i++) {
      for (int j = 0; j < others.length; j++) {
        scorer.weigh(ones[i], others[j], againstStrangers, againstRelatives);
        strangers.add(i, j, againstStrangers);
        if (relatives != null) {
          relatives.add(i, j, againstRelatives);
        }
      }
    }
    double[] each = strangers.weights();
    double moved = scorer.moved(each);
    double weight = scorer.prior() + Arrays.stream(each).sum() + moved;
    return relatives == null
        ? weight
        : scorer.against(weight, Arrays.stream(relatives.weights()).sum() + moved);
  }

  /** Two groups of records, each record held against all of the other group at once. */
  private static final class Mixture {
    private final Scorer scorer;
    private final int[] ones;
    private final int[] others;
    private final double[][] forOnes;
    private final double[][] forOthers;

    Mixture(Scorer scorer, int[] ones, int[] others) {
      this.scorer = scorer;
      this.ones = ones;
      this.others = others;
      this.forOnes = new double[scorer.attributes()][ones.length];
      this.forOthers = new double[scorer.attributes()][others.length];
    }

    void add(int one, int other, double[] weights) {
      for (int a = 0; a < weights.length; a++) {
        double ratio = weights[a] == 0 ? 1 : Math.exp(weights[a]);
        forOnes[a][one] += ratio;
        forOthers[a][other] += ratio;
      }
    }

    /** The weight of each attribute. */
    double[] weights() {
      double[] each = new double[forOnes.length];
      for (int a = 0; a < each.length; a++) {
        double both =
            mixed(scorer, a, ones, forOnes[a], others)
                + mixed(scorer, a, others, forOthers[a], ones);
        each[a] = both / 2;
      }
      return each;
    }
  }

  /**
   * How the records weigh on average in one attribute against the mixture of the others that say
   * something; who says nothing weighs 0.
   *
   * @param ratios the likelihood ratios with all others added up, 1 for each that says nothing
   */
  private static double mixed(
      Scorer scorer, int attribute, int[] records, double[] ratios, int[] others) {
    int speaking = 0;
    for (int other : others) {
      speaking += scorer.missing(attribute, other) ? 0 : 1;
    }
    double sum = 0;
    for (int i = 0; i < records.length && speaking > 0; i++) {
      if (!scorer.missing(attribute, records[i])) {
        double ratio = (ratios[i] - (others.length - speaking)) / speaking;
        sum += Math.log(Math.max(ratio, LEAST));
      }
    }
    return sum / records.length;
  }

  private int[][] result() {
    return Arrays.stream(members, 0, clusters)
        .filter(list -> list != null)
        .sorted((a, b) -> Integer.compare(a[0], b[0]))
        .toArray(int[][]::new);
  }
}
