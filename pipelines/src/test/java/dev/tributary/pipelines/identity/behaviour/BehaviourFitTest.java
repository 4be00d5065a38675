package dev.tributary.pipelines.identity.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is learned from devices with logins, and how far it can be trusted for the others. */
class BehaviourFitTest {
  private static final int SIZE = Comparison.NETWORK_SIZE.ordinal();
  private static final int PAGES = Comparison.PAGES.ordinal();
  private static final int BINS = 5;

  @Test
  void probabilitiesOfPairsWithoutLoginsAreAsOftenRightAsTheySay() {
    Random random = new Random(20_261_123);
    List<BehaviourFit.Counted> pairs = new ArrayList<>();
    List<int[]> hidden = new ArrayList<>();
    List<Boolean> truth = new ArrayList<>();
    for (int i = 0; i < 12_000; i++) {
      boolean labelled = i % 3 == 0;
      boolean same = random.nextDouble() < (labelled ? 0.3 : 0.15);
      int[] levels = levels(random, same);
      PairKind kind = labelled ? same ? PairKind.SAME : PairKind.DIFFERENT : PairKind.NO_LOGIN;
      pairs.add(new BehaviourFit.Counted(levels, kind, 1));
      if (!labelled) {
        hidden.add(levels);
        truth.add(same);
      }
    }

    BehaviourModel model = BehaviourFit.fit(pairs, Set.of()).orElseThrow();

    double[] said = new double[BINS];
    double[] right = new double[BINS];
    double[] count = new double[BINS];
    for (int i = 0; i < hidden.size(); i++) {
      double p = BehaviourModel.probability(model.logOdds(hidden.get(i), PairKind.NO_LOGIN));
      int bin = (int) Math.min(BINS - 1, p * BINS);
      said[bin] += p;
      right[bin] += truth.get(i) ? 1 : 0;
      count[bin]++;
    }
    for (int bin = 0; bin < BINS; bin++) {
      if (count[bin] > 100) {
        System.out.printf(
            "said %.3f, right %.3f of %.0f%n",
            said[bin] / count[bin], right[bin] / count[bin], count[bin]);
        assertThat(right[bin] / count[bin]).isCloseTo(said[bin] / count[bin], within(0.07));
      }
    }
  }

  /** One person's devices are on smaller networks, and on the same pages; two levels each. */
  private static int[] levels(Random random, boolean same) {
    int[] levels = new int[Comparison.values().length];
    levels[SIZE] = random.nextDouble() < (same ? 0.8 : 0.2) ? 0 : 3;
    levels[PAGES] = random.nextDouble() < (same ? 0.4 : 0.05) ? 1 : 0;
    // Says the same as the size: counted twice it would be believed too much.
    levels[Comparison.TIME_THERE.ordinal()] = levels[SIZE] == 0 ? 3 : 1;
    return levels;
  }

  @Test
  void withoutPairsOfDifferentLoginsThereIsNoModel() {
    int[] levels = new int[Comparison.values().length];
    List<BehaviourFit.Counted> pairs =
        List.of(
            new BehaviourFit.Counted(levels, PairKind.SAME, 500),
            new BehaviourFit.Counted(levels, PairKind.NO_LOGIN, 500));
    assertThat(BehaviourFit.fit(pairs, Set.of())).isEmpty();
  }

  @Test
  void aModelReadBackIsTheSame() {
    Random random = new Random(5);
    List<BehaviourFit.Counted> pairs = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      boolean same = i % 2 == 0;
      PairKind kind = same ? PairKind.SAME : PairKind.DIFFERENT;
      pairs.add(new BehaviourFit.Counted(levels(random, same), kind, 1 + i % 3));
    }
    String json = BehaviourFit.fit(pairs, Set.of("/", "/cart")).orElseThrow().json();
    assertThat(BehaviourModel.read(json).json()).isEqualTo(json);
  }

  @Test
  void theNetworkOfAnAddressIsWhatARouterShares() {
    assertThat(Network.of("203.0.113.7")).isEqualTo("203.0.113.7");
    assertThat(Network.of(" ::ffff:203.0.113.7 ")).isEqualTo("203.0.113.7");
    assertThat(Network.of("2001:DB8:0:2a::9:1")).isEqualTo("2001:db8:0:2a::/64");
    assertThat(Network.of("2001:0db8:0000:002a:1:2:3:4")).isEqualTo("2001:db8:0:2a::/64");
    for (String nothing :
        List.of("", "10.1.2.3", "172.20.0.1", "192.168.1.9", "127.0.0.1", "::1")) {
      assertThat(Network.of(nothing)).as(nothing).isNull();
    }
    for (String nothing : List.of("fe80::1", "fd00::1", "300.1.1.1", "example.com", "1:2:3")) {
      assertThat(Network.of(nothing)).as(nothing).isNull();
    }
    assertThat(Network.of(null)).isNull();
  }

  @Test
  void comparingTwoDevicesDoesNotDependOnWhichComesFirst() {
    Random random = new Random(11);
    for (int i = 0; i < 200; i++) {
      DeviceTrace one = trace(random);
      DeviceTrace other = trace(random);
      Map<String, Integer> sizes = Map.of("n0", 2, "n1", 5, "n2", 40);
      assertThat(Comparison.levels(one, other, sizes, Set.of("/p0")))
          .isEqualTo(Comparison.levels(other, one, sizes, Set.of("/p0")));
    }
  }

  private static DeviceTrace trace(Random random) {
    DeviceTrace trace = DeviceTrace.empty();
    for (int i = 0; i < 6; i++) {
      String day = "2026-10-%02d".formatted(1 + random.nextInt(20));
      trace.add(DeviceTrace.NETWORK, "n" + random.nextInt(3) + " " + day, 1 + random.nextInt(4));
      trace.add(DeviceTrace.HOUR, Integer.toString(random.nextInt(24)), 1);
      trace.add(DeviceTrace.PAGE, "/p" + random.nextInt(5), 1);
    }
    trace.add(DeviceTrace.AGENT, random.nextBoolean() ? "X (iPhone)" : "Y (Windows)", 1);
    return trace;
  }
}
