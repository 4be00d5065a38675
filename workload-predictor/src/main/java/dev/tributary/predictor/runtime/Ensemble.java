package dev.tributary.predictor.runtime;

import dev.tributary.predictor.runtime.GaussianProcess.Form;
import dev.tributary.predictor.runtime.GaussianProcess.LogNormal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A weighted mixture of models, chosen on the rows it is fitted to.
 *
 * <p>Eighteen forms of Gaussian process are tried: effects that multiply, add up, or lie between;
 * scale-out by its logarithm, as 1/n or as 1/(n − 1); the other features by value or by logarithm.
 * Up to {@value #FEW} rows all forms are fitted to all rows and weighted by posterior probability;
 * then Ernest takes over if its leave-one-out error is lower. On more rows the forms are screened
 * on {@value #FEW} of them, the best {@value #FINALISTS} refined on up to {@value #MANY},
 * conditioned on all, and weighted with boosted trees beside them by leave-one-out error.
 */
final class Ensemble {
  static final String ERNEST = "ernest";
  private static final int FEW = 40;
  private static final int MANY = 120;
  private static final int FINALISTS = 3;
  private static final int ITERATIONS = 60;
  private static final int REFINEMENTS = 20;
  private static final double SHARPNESS = 6;
  private static final double NEGLIGIBLE = 1e-3;

  private final String name;
  private final List<Member> members;
  private final double[] weights;

  private Ensemble(String name, List<Member> members, double[] weights) {
    this.name = name;
    this.members = members;
    this.weights = weights;
  }

  /** Fits rows whose order does not matter; at least 3 of them, no column constant. */
  static Ensemble fit(Design design, long seed) {
    return design.rows().length <= FEW ? few(design) : many(design, seed);
  }

  /** Ernest alone. */
  static Ensemble ernest(Design design) {
    return ernest(new ErnestMember(design));
  }

  private static Ensemble ernest(ErnestMember member) {
    return new Ensemble(ERNEST, List.of(member), new double[] {1});
  }

  private static Ensemble few(Design design) {
    List<GaussianProcess> fitted = fitAll(design);
    double best =
        fitted.stream().mapToDouble(GaussianProcess::negativeLogPosterior).min().orElse(0);
    double[] weights =
        fitted.stream().mapToDouble(p -> Math.exp(best - p.negativeLogPosterior())).toArray();
    List<Member> members = new ArrayList<>();
    fitted.forEach(process -> members.add(new ProcessMember(process)));
    Ensemble processes = mixture(members, weights);
    if (design.scaleOut() < 0) {
      return processes;
    }
    ErnestMember ernest = new ErnestMember(design);
    double ours = leaveOneOutError(processes::withoutBlock, design);
    return ernest.leaveOneOutError() < ours ? ernest(ernest) : processes;
  }

  private static Ensemble many(Design design, long seed) {
    int[] order = shuffled(design.rows().length, seed);
    List<GaussianProcess> screened = fitAll(design.only(head(order, FEW)));
    Design refining = design.only(head(order, MANY));
    List<GaussianProcess> finalists = new ArrayList<>();
    screened.stream()
        .sorted(Comparator.comparingDouble(GaussianProcess::negativeLogPosterior))
        .limit(FINALISTS)
        .forEach(process -> finalists.add(refine(process, refining, design)));
    List<Member> members = new ArrayList<>();
    finalists.forEach(process -> members.add(new ProcessMember(process)));
    members.add(new BoostedTreesMember(design, seed));
    double[] weights = new double[members.size()];
    for (int i = 0; i < weights.length; i++) {
      double error = leaveOneOutError(members.get(i)::withoutBlock, design);
      weights[i] = Math.pow(1 / (error + 1e-4), SHARPNESS);
    }
    return mixture(members, weights);
  }

  private static GaussianProcess refine(GaussianProcess start, Design some, Design all) {
    double[] refined =
        GaussianProcess.fit(start.form(), some, start.parameters(), REFINEMENTS).parameters();
    return GaussianProcess.fit(start.form(), all, refined, 0);
  }

  private static List<GaussianProcess> fitAll(Design design) {
    List<GaussianProcess> fitted = new ArrayList<>();
    for (Form form : forms(design)) {
      fitted.add(GaussianProcess.fit(form, design, null, ITERATIONS));
    }
    return fitted;
  }

  private static List<Form> forms(Design design) {
    Scale[] scaleOuts =
        design.scaleOut() < 0
            ? new Scale[] {Scale.LOG}
            : new Scale[] {Scale.LOG, Scale.INVERSE, Scale.INVERSE_BUT_ONE};
    List<Form> forms = new ArrayList<>();
    for (Warp warp : Warp.values()) {
      for (Scale scaleOut : scaleOuts) {
        forms.add(new Form(warp, scaleOut, Scale.LOG));
        forms.add(new Form(warp, scaleOut, Scale.LINEAR));
      }
    }
    return forms;
  }

  /** Members that hardly count are left out; what counts most gives the name. */
  private static Ensemble mixture(List<Member> members, double[] weights) {
    double sum = Arrays.stream(weights).sum();
    int[] kept =
        IntStream.range(0, weights.length).filter(i -> weights[i] / sum > NEGLIGIBLE).toArray();
    double total = Arrays.stream(kept).mapToDouble(i -> weights[i]).sum();
    double trees =
        Arrays.stream(kept)
            .filter(i -> members.get(i) instanceof BoostedTreesMember)
            .mapToDouble(i -> weights[i] / total)
            .sum();
    return new Ensemble(
        trees > 0.5 ? "boosted-trees" : "gaussian-process",
        Arrays.stream(kept).mapToObj(members::get).toList(),
        Arrays.stream(kept).mapToDouble(i -> weights[i] / total).toArray());
  }

  private static int[] shuffled(int count, long seed) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, count).boxed().toList());
    Collections.shuffle(order, new Random(seed));
    return order.stream().mapToInt(Integer::intValue).toArray();
  }

  private static int[] head(int[] order, int count) {
    return Arrays.stream(order).limit(count).sorted().toArray();
  }

  /** Mean absolute relative error of the rows, each predicted without itself. */
  private static double leaveOneOutError(
      java.util.function.Function<int[], LogNormal[]> without, Design design) {
    double sum = 0;
    for (int i = 0; i < design.rows().length; i++) {
      LogNormal[] left = without.apply(new int[] {i});
      sum += left == null ? 1 : Math.abs(Math.exp(left[0].mean()) / design.target()[i] - 1);
    }
    return sum / design.rows().length;
  }

  String name() {
    return name;
  }

  /** The mixture's first two moments. */
  LogNormal predict(double[] row) {
    LogNormal[] each = new LogNormal[members.size()];
    for (int i = 0; i < each.length; i++) {
      each[i] = members.get(i).predict(row);
    }
    return combine(each);
  }

  /** What it would have said of some of its own rows without them; null if that cannot be told. */
  LogNormal[] withoutBlock(int[] block) {
    LogNormal[][] each = new LogNormal[members.size()][];
    for (int i = 0; i < each.length; i++) {
      each[i] = members.get(i).withoutBlock(block);
      if (each[i] == null) {
        return null;
      }
    }
    LogNormal[] combined = new LogNormal[block.length];
    for (int row = 0; row < block.length; row++) {
      int at = row;
      combined[row] = combine(Arrays.stream(each).map(m -> m[at]).toArray(LogNormal[]::new));
    }
    return combined;
  }

  private LogNormal combine(LogNormal[] each) {
    double mean = 0;
    for (int i = 0; i < each.length; i++) {
      mean += weights[i] * each[i].mean();
    }
    double variance = 0;
    for (int i = 0; i < each.length; i++) {
      double away = each[i].mean() - mean;
      variance += weights[i] * (each[i].deviation() * each[i].deviation() + away * away);
    }
    return new LogNormal(mean, Math.sqrt(variance));
  }

  private record ProcessMember(GaussianProcess process) implements Member {
    @Override
    public LogNormal predict(double[] row) {
      return process.predict(row);
    }

    @Override
    public LogNormal[] withoutBlock(int[] block) {
      return process.withoutBlock(block);
    }
  }
}
