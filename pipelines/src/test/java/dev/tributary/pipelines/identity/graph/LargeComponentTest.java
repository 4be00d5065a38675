package dev.tributary.pipelines.identity.graph;

import static dev.tributary.pipelines.identity.graph.Scene.cannot;
import static dev.tributary.pipelines.identity.graph.Scene.edge;
import static dev.tributary.pipelines.identity.graph.Scene.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Components that no person has: each ends soon, with a result that says what was done. */
class LargeComponentTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Duration HANGING = Duration.ofMinutes(20);
  private static final int EDGES = 100_000;

  /** In little of the processor's time: the clock's depends on what else the machine does. */
  private static Resolution soon(Supplier<Resolution> work) {
    return assertTimeoutPreemptively(
        HANGING,
        () -> {
          ThreadMXBean threads = ManagementFactory.getThreadMXBean();
          long start = threads.getCurrentThreadCpuTime();
          Resolution resolution = work.get();
          assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - start)).isLessThan(SOON);
          return resolution;
        });
  }

  @Test
  void aChainOfTenThousandIsOneProfile() {
    List<Edge> chain = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      chain.add(edge("anonymous_id:c" + i, "anonymous_id:c" + (i + 1), 0.9));
    }
    Resolution resolution =
        soon(() -> new Scene(List.of(), chain, List.of()).by(GraphRules.defaults()));
    assertThat(resolution.profiles()).hasSize(1);
    assertThat(resolution.profiles().get(0).members()).hasSize(10_001);
  }

  @Test
  void anAddressThatEverybodyGivesJoinsNobody() {
    List<Edge> star = new ArrayList<>();
    for (int i = 0; i < EDGES; i++) {
      star.add(edge("email:test@test.com", "user_id:u" + i, 1));
    }
    Resolution byPattern =
        soon(() -> new Scene(List.of(), star, List.of()).by(GraphRules.defaults()));
    Resolution byDegree =
        soon(
            () ->
                new Scene(List.of(), star, List.of())
                    .by(GraphRules.parse("rules", "placeholders: false")));
    assertThat(byPattern.profiles()).hasSize(EDGES);
    assertThat(byPattern.excluded().get(0).reason()).isEqualTo(DropReason.BLOCKED_VALUE);
    assertThat(byDegree.profiles()).hasSize(EDGES);
    assertThat(byDegree.excluded().get(0).reason()).isEqualTo(DropReason.HUB);
  }

  @Test
  void aHairballIsBrokenToTheLimit() {
    Random random = new Random(7);
    List<Edge> edges = hairball(random);
    GraphRules rules = GraphRules.parse("rules", "limits: [{type: '*', max: 1000}]");
    Resolution resolution = soon(() -> new Scene(List.of(), edges, List.of()).by(rules));
    assertThat(resolution.profiles()).allMatch(profile -> profile.members().size() <= 1_000);
  }

  @Test
  void aThousandCannotLinksInAHairballHoldAndTheResultSaysHow() {
    Random random = new Random(8);
    List<Edge> edges = hairball(random);
    List<Decision> decisions = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      String low = "record:r" + random.nextInt(EDGES / 8);
      decisions.add(cannot(low, "record:r" + (EDGES / 8 + random.nextInt(EDGES / 8)), i));
    }
    Scene scene = new Scene(List.of(), edges, decisions);
    Resolution resolution = soon(() -> scene.by(GraphRules.none("person")));
    var assignment = resolution.assignment();
    for (Decision decision : decisions) {
      String one = assignment.get(decision.left());
      assertThat(one == null || !one.equals(assignment.get(decision.right()))).isTrue();
    }
    assertThat(resolution.notes()).hasSize(1).allMatch(note -> note.contains("minimum cuts"));
  }

  private static List<Edge> hairball(Random random) {
    List<Edge> edges = new ArrayList<>();
    for (int i = 0; i < EDGES; i++) {
      Identifier one = id("record:r" + random.nextInt(EDGES / 4));
      Identifier other = id("record:r" + random.nextInt(EDGES / 4));
      double confidence = 0.5 + random.nextInt(500) / 1_000.0;
      edges.add(new Edge(one, other, "model", confidence, 1, 1, 1, null, null));
    }
    return edges;
  }
}
