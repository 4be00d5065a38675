package dev.tributary.pipelines.identity.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Labels refine what is learned, and none change nothing. */
class LabelsTest {
  private final People people = new People(9, 300);
  private final RecordSet records =
      people.inOrder(IntStream.range(0, people.size()).boxed().toList());
  private final Linkage learned = link(Labels.none());

  private Linkage link(Labels labels) {
    return Linker.link(records, LinkConfig.inferred(), labels, message -> {});
  }

  private List<Labels.Pair> pairs(boolean match, int most) {
    List<Labels.Pair> pairs = new ArrayList<>();
    for (int i = 1; i < records.size() && pairs.size() < most; i++) {
      for (int j = 0; j < i && pairs.size() < most; j++) {
        boolean same = people.entity(records.id(i)) == people.entity(records.id(j));
        if (same == match) {
          pairs.add(new Labels.Pair(i, j, match));
        }
      }
    }
    return pairs;
  }

  @Test
  void withoutLabelsTheModelIsTheLearnedOne() {
    Linkage plain = Linker.link(records, LinkConfig.inferred(), message -> {});
    assertThat(learned.model().attributes()).isEqualTo(plain.model().attributes());
    assertThat(learned.confidence()).isEqualTo(plain.confidence());
  }

  @Test
  void trueLabelsLeaveAGoodResultGood() {
    List<Labels.Pair> pairs = pairs(true, 100);
    pairs.addAll(pairs(false, 100));
    Linkage refined = link(new Labels(pairs));
    assertThat(f1(refined)).isGreaterThan(f1(learned) - 0.01);
    refined
        .model()
        .attributes()
        .forEach(
            one ->
                assertThat(one.m().stream().mapToDouble(m -> m).sum())
                    .as(one.attribute())
                    .isCloseTo(
                        learned.model().attributes().stream()
                            .filter(other -> other.attribute().equals(one.attribute()))
                            .findFirst()
                            .orElseThrow()
                            .m()
                            .stream()
                            .mapToDouble(m -> m)
                            .sum(),
                        org.assertj.core.api.Assertions.within(1e-9)));
  }

  @Test
  void whoSaysThatLikelyPairsAreTwoGetsAHigherThreshold() {
    List<Labels.Pair> denied = new ArrayList<>();
    for (Labels.Pair pair : pairs(true, 60)) {
      denied.add(new Labels.Pair(pair.left(), pair.right(), denied.size() < 3));
    }
    Linkage refined = link(new Labels(denied));
    assertThat(refined.model().matchProbability()).isLessThan(learned.model().matchProbability());
    assertThat(refined.clusters().size()).isGreaterThan(learned.clusters().size());
  }

  @Test
  void pairsOfOneSortDoNotMoveTheThreshold() {
    Linkage refined = link(new Labels(pairs(true, 50)));
    assertThat(refined.model().matchProbability()).isEqualTo(learned.model().matchProbability());
    assertThat(refined.model().attributes()).isNotEqualTo(learned.model().attributes());
  }

  private double f1(Linkage linkage) {
    List<String> found = new ArrayList<>();
    List<Integer> truth = new ArrayList<>();
    for (int[] members : linkage.clusters()) {
      for (int member : members) {
        found.add(records.id(members[0]));
        truth.add(people.entity(records.id(member)));
      }
    }
    return ClusterEvaluation.of(found, truth).pairwiseF1();
  }
}
