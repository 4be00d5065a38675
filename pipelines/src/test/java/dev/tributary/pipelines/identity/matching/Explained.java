package dev.tributary.pipelines.identity.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;

/** Explanations of a linkage's links, each held against the link's weight. */
final class Explained {
  private Explained() {}

  /** How many links are explained by something of that name, among others. */
  static int by(String name, Linkage linkage) {
    int told = 0;
    for (Linkage.Link link : linkage.links()) {
      List<ComparisonOutcome> outcomes =
          Linker.explain(linkage, LinkConfig.inferred(), link.left(), link.right());
      double bits = outcomes.stream().mapToDouble(ComparisonOutcome::bits).sum();
      assertThat(bits * Math.log(2) + linkage.model().priorWeight())
          .isCloseTo(link.weight(), within(1e-3));
      told += outcomes.stream().anyMatch(one -> one.attribute().equals(name)) ? 1 : 0;
    }
    return told;
  }
}
