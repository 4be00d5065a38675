package dev.tributary.pipelines.identity.matching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Learns a model without labels. The u probabilities come from random pairs, less what is expected
 * to match among them; m and the share of matches come from the candidate pairs by expectation
 * maximisation (Dempster, Laird and Rubin 1977; for record linkage Winkler 1988). Pairs that are no
 * candidates are taken for no matches, so that the choice of candidates does not bias the rest.
 */
final class Estimator {
  private static final long SEED = 20_260_101;
  private static final int RANDOM_PAIRS = 1_000_000;
  private static final int SAMPLE = 300_000;
  private static final int MOST_ROUNDS = 25;

  /** Times as many matches as believed may differ in an attribute, and how many at most. */
  private static final double UNLIKELY = 4;

  /** The same of what tells persons of one household apart: else brothers are taken for one. */
  private static final double UNLIKELY_PERSONAL = 1.5;

  private static final double MOST_DIFFERENT = 0.6;
  private static final double SETTLED = 1e-3;

  /** Rounds in which attributes are held to be independent: enough to know matches by. */
  private static final int INDEPENDENT = 4;

  private static final double NEVER = 1e-4;
  private static final int SHARING_ROUNDS = 5;

  /** A level's share of strangers to that of the level below is not believed to be less. */
  private static final double LEAST_FALL = 0.1;

  /** As many matches as what is believed before weighs as much as. */
  private static final double BELIEF = 40;

  /** As many pairs of one household are believed in before there is data. */
  private static final double RELATIVES = 10;

  /** As many random pairs as what is believed of strangers weighs as much as. */
  private static final double STRANGERS = 300;

  private final List<Attribute> attributes;
  private final int records;
  private final double[][] random;
  private final double allPairs;
  private final Dependence dependence;
  private final boolean households;
  private final int[] places;
  private double randomPairs;

  private Estimator(List<Attribute> attributes, Copies copies, int records) {
    this.attributes = attributes;
    this.records = records;
    this.allPairs = records * (records - 1.0) / 2;
    this.random = counts();
    this.households = Household.possible(attributes, records);
    List<String> names = attributes.stream().map(Attribute::name).toList();
    this.places = Moving.places(attributes).stream().mapToInt(names::indexOf).toArray();
    this.dependence = new Dependence(attributes, copies, records, before(0.5));
  }

  /** The model of these records, and how many matches it expects. */
  static MatchModel estimate(
      List<Attribute> attributes, Copies copies, CandidatePairs candidates, long pairs) {
    int records = candidates.records();
    Estimator estimator = new Estimator(attributes, copies, records);
    double share = Math.min(0.5, records / estimator.allPairs);
    estimator.countRandom();
    MatchModel model = estimator.before(share);
    int step = (int) Math.max(1, pairs / SAMPLE);
    List<PairSample> sample = estimator.sample(candidates, step);
    for (int round = 0; round < MOST_ROUNDS; round++) {
      MatchModel next = estimator.maximise(sample, model, step, round >= INDEPENDENT);
      double change = Math.abs(Math.log(next.matchProbability() / model.matchProbability()));
      model = next;
      if (change < SETTLED && round > INDEPENDENT) {
        break;
      }
    }
    return model;
  }

  /** What is believed before there is data. */
  private MatchModel before(double share) {
    return model(new Seen(), 0, share, households ? share : 0);
  }

  private double[][] counts() {
    double[][] counts = new double[attributes.size()][];
    for (int a = 0; a < counts.length; a++) {
      counts[a] = new double[attributes.get(a).levels().size()];
    }
    return counts;
  }

  private void countRandom() {
    Scorer scorer = new Scorer(attributes, before(0.5));
    if (allPairs <= RANDOM_PAIRS) {
      for (int left = 1; left < records; left++) {
        for (int right = 0; right < left; right++) {
          scorer.tally(left, right, random);
        }
      }
      randomPairs = allPairs;
      return;
    }
    SplittableRandom draws = new SplittableRandom(SEED);
    for (int i = 0; i < RANDOM_PAIRS; i++) {
      int left = draws.nextInt(records);
      int right = draws.nextInt(records - 1);
      scorer.tally(left, right < left ? right : right + 1, random);
    }
    randomPairs = RANDOM_PAIRS;
  }

  private final class Sampling implements PairScan.Part<PairSample> {
    private final Scorer scorer;
    private final int step;
    private final PairSample kept = new PairSample(attributes.size());

    Sampling(Scorer scorer, int step) {
      this.scorer = scorer;
      this.step = step;
    }

    @Override
    public void pair(int left, int right) {
      if (step == 1 || Long.remainderUnsigned(Text.mix((long) left << 32 | right), step) == 0) {
        scorer.keep(left, right, kept);
      }
    }

    @Override
    public PairSample result() {
      return kept;
    }
  }

  private List<PairSample> sample(CandidatePairs candidates, int step) {
    MatchModel any = before(0.5);
    Scorer[] scorers = new Scorer[Runtime.getRuntime().availableProcessors()];
    Arrays.setAll(scorers, i -> new Scorer(attributes, any));
    return new PairScan(candidates).<PairSample>each(worker -> new Sampling(scorers[worker], step));
  }

  /** What one round expects of the candidate pairs. */
  private final class Seen {
    private final double[][] matched = counts();
    private final double[][] relatives = counts();
    private final Map<Integer, double[][]> agreed = new HashMap<>();
    private double matches;
    private double placed;
    private double stayed;
    private double related;
  }

  private MatchModel maximise(
      List<PairSample> sample, MatchModel model, int step, boolean dependent) {
    Seen seen = new Seen();
    for (int a = 0; a < attributes.size(); a++) {
      if (dependent && dependence.measured(a)) {
        seen.agreed.put(a, counts());
      }
    }
    for (PairSample part : sample) {
      for (int pair = 0; pair < part.pairs(); pair++) {
        expect(part, pair, model, step, seen);
      }
    }
    double share = Math.min(0.5, Math.max(seen.matches, 0.5) / allPairs);
    double relatives = Math.min(0.5, (seen.related + RELATIVES) / allPairs);
    return model(seen, step, share, households ? relatives : 0);
  }

  private void expect(PairSample part, int pair, MatchModel model, int step, Seen seen) {
    double strangers = model.priorWeight() + part.weight(pair, model);
    double weight = households ? model.against(strangers, part.againstRelatives()) : strangers;
    double probability = MatchModel.probability(weight);
    seen.matches += probability * step;
    if (probability > NEVER) {
      part.tally(pair, probability * step, seen.matched);
      stayed(part, pair, probability * step, seen);
      for (long rest = part.agrees(pair); rest != 0; rest &= rest - 1) {
        double[][] counts = seen.agreed.get(Long.numberOfTrailingZeros(rest));
        if (counts != null) {
          part.tally(pair, probability * step, counts);
        }
      }
    }
    if (households) {
      double related = model.relatives(weight, part.againstRelatives());
      seen.related += related * step;
      if (related > NEVER) {
        part.tally(pair, related * step, seen.relatives);
      }
    }
  }

  /** Where somebody is says nothing of errors once he has moved. */
  private void stayed(PairSample part, int pair, double matches, Seen seen) {
    boolean placed = false;
    for (int place : places) {
      placed |= part.says(place);
      part.tally(pair, place, -matches * (1 - part.stayed()), seen.matched[place]);
    }
    if (placed) {
      seen.placed += matches;
      seen.stayed += matches * part.stayed();
    }
  }

  private Moving moving(Seen seen, int sampled) {
    double belief = BELIEF * Math.max(1, sampled);
    double moved = seen.placed - seen.stayed;
    double share = (moved + belief * Moving.BELIEVED) / (seen.placed + belief);
    return places.length == 0
        ? Moving.NEVER
        : new Moving(Math.min(Moving.MOST, share), Moving.places(attributes));
  }

  /**
   * @param sampled one candidate in how many was counted; 0 before any was
   */
  private MatchModel model(Seen seen, int sampled, double share, double relatives) {
    List<MatchModel.Parameters> parameters = new ArrayList<>();
    for (int a = 0; a < attributes.size(); a++) {
      Attribute attribute = attributes.get(a);
      double[] belief = attribute.belief();
      double[] strangers = attribute.strangers();
      double[] matched = seen.matched[a];
      double[] m = new double[matched.length];
      double[] u = new double[matched.length];
      double scale = sampled == 0 ? 0 : randomPairs / allPairs;
      for (int level = 0; level < m.length; level++) {
        m[level] = matched[level] / Math.max(1, sampled) + BELIEF * belief[level];
        double met = random[a][level];
        double believed = strangers.length == 0 ? 0.5 : STRANGERS * strangers[level];
        u[level] = Math.max(met - matched[level] * scale, met * 0.05) + believed;
      }
      normalise(m, attribute.groups());
      bound(m, attribute, households);
      normalise(u, attribute.groups());
      if (attribute.ordered()) {
        if (sampled == 0 || attributes.size() == 1) {
          fall(u);
        }
        order(m, u);
      }
      parameters.add(
          new MatchModel.Parameters(
              attribute.name(),
              attribute.levels(),
              list(m),
              list(u),
              dependence == null ? Map.of() : dependence.given(a, seen.agreed, u),
              households ? list(sharing(attribute, seen.relatives[a], m, u)) : List.of(),
              incidental(attribute, matched, sampled, m, u)));
    }
    return new MatchModel(parameters, share, relatives, moving(seen, sampled));
  }

  /**
   * How often persons of one household share what a group of levels compares: the share that makes
   * what was seen of them likeliest, by expectation maximisation.
   */
  private static double[] sharing(Attribute attribute, double[] seen, double[] m, double[] u) {
    int[] groups = attribute.groups();
    double[] believed = attribute.sharing();
    double[] sharing = believed.clone();
    for (int round = 0; round < SHARING_ROUNDS; round++) {
      double[] shared = new double[sharing.length];
      double[] all = new double[sharing.length];
      for (int level = 0; level < seen.length; level++) {
        int group = groups[level];
        double as = sharing[group] * m[level];
        shared[group] += seen[level] * as / (as + (1 - sharing[group]) * u[level]);
        all[group] += seen[level];
      }
      for (int group = 0; group < sharing.length; group++) {
        if (!Household.personal(believed[group])) {
          double learned = (shared[group] + BELIEF * believed[group]) / (all[group] + BELIEF);
          sharing[group] =
              Math.max(learned, attribute instanceof NameAttribute ? believed[group] : 0);
        }
      }
    }
    double[] levels = new double[seen.length];
    for (int level = 0; level < levels.length; level++) {
      levels[level] = sharing[groups[level]];
    }
    return levels;
  }

  /**
   * Strangers are the rarer the more alike: before matches are known, and where nothing else tells
   * of them, what rises again among the like is taken for matches. Beyond its highest level of the
   * lower half u falls, and ever faster.
   */
  private static void fall(double[] u) {
    int level = 1;
    for (int i = 2; i < u.length / 2; i++) {
      level = u[i] > u[level] ? i : level;
    }
    double steepest = 1;
    while (++level < u.length) {
      steepest = Math.min(steepest, Math.max(LEAST_FALL, u[level] / u[level - 1]));
      u[level] = Math.min(u[level], u[level - 1] * steepest);
    }
  }

  /**
   * Makes the ratio of m to u rise with the level, by giving neighbours that fall their common
   * ratio (pool adjacent violators, Ayer et al. 1955).
   */
  private static void order(double[] m, double[] u) {
    double[] pooledM = new double[m.length];
    double[] pooledU = new double[m.length];
    int[] end = new int[m.length];
    int pools = 0;
    for (int level = 0; level < m.length; level++) {
      pooledM[pools] = m[level];
      pooledU[pools] = u[level];
      end[pools++] = level + 1;
      while (pools > 1
          && pooledM[pools - 1] * pooledU[pools - 2] < pooledM[pools - 2] * pooledU[pools - 1]) {
        pools--;
        pooledM[pools - 1] += pooledM[pools];
        pooledU[pools - 1] += pooledU[pools];
        end[pools - 1] = end[pools];
      }
    }
    int level = 0;
    for (int pool = 0; pool < pools; pool++) {
      for (; level < end[pool]; level++) {
        u[level] = m[level] * pooledU[pool] / pooledM[pool];
      }
    }
  }

  /**
   * Keeps the share of matches that do not agree at all within what can be believed, so that what
   * is learned is who is one, not what else many have in common, such as a place.
   */
  private static void bound(double[] m, Attribute attribute, boolean households) {
    int[] groups = attribute.groups();
    for (int level = 0; level < m.length; level++) {
      boolean lowest = level == 0 || groups[level - 1] != groups[level];
      boolean personal = households && Household.personal(attribute.sharing()[groups[level]]);
      double times = personal ? UNLIKELY_PERSONAL : UNLIKELY;
      double most = Math.min(MOST_DIFFERENT, times * attribute.belief()[level]);
      if (lowest && m[level] > most) {
        double scale = (1 - most) / (1 - m[level]);
        m[level] = most;
        for (int other = level + 1; other < m.length && groups[other] == groups[level]; other++) {
          m[other] *= scale;
        }
      }
    }
  }

  private static double incidental(
      Attribute attribute, double[] matched, int sampled, double[] m, double[] u) {
    return attribute.incidental() && sampled > 0
        ? Incidental.probability(
            Arrays.stream(matched).map(count -> count / sampled).toArray(), m, u)
        : 0;
  }

  private static void normalise(double[] values, int[] groups) {
    double[] sums = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      sums[groups[i]] += values[i];
    }
    for (int i = 0; i < values.length; i++) {
      values[i] /= sums[groups[i]];
    }
  }

  private static List<Double> list(double[] values) {
    List<Double> list = new ArrayList<>();
    for (double value : values) {
      list.add(value);
    }
    return list;
  }
}
