package dev.tributary.pipelines.identity.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ComponentResolverPropertyTest {
  /** Rules of every sort at once. */
  private static final GraphRules RULES =
      GraphRules.parse(
          "rules",
          """
          min_confidence: 0.5
          priority: [user_id, email, phone, anonymous_id]
          unique: [user_id]
          limits:
            - {type: email, max: 2}
            - {type: phone, max: 1, within_days: 1}
            - {type: '*', max: 7}
          blocked: [{type: email, values: ['0']}]
          hubs: [{type: phone, neighbours: '*', max: 4}]
          bridges: {below: 0.6, min_side: 3, min_degree: 2}
          """);

  private static final int MICROS_WINDOW = 30;
  private static final GraphRules WINDOWED = windowed();

  private static GraphRules windowed() {
    Limit tight = new Limit("anonymous_id", 2, Duration.ofNanos(MICROS_WINDOW * 1_000L));
    return new GraphRules(
        "person",
        0,
        List.of(),
        List.of(tight),
        List.of(),
        List.of(),
        List.of(),
        BridgeRule.OFF,
        List.of(),
        List.of());
  }

  @Property(seed = "31", tries = 1_000)
  void isAFunctionOfTheSetOfItsInputs(@ForAll long seed) {
    Scene scene = Scene.drawn(seed);
    assertThat(scene.shuffled(new Random(seed + 1)).by(RULES)).isEqualTo(scene.by(RULES));
    assertThat(scene.shuffled(new Random(seed + 1)).by(WINDOWED)).isEqualTo(scene.by(WINDOWED));
  }

  @Property(seed = "32", tries = 500)
  void anIdentifierIsInOneProfileOrExcluded(@ForAll long seed) {
    Scene scene = Scene.drawn(seed);
    Resolution resolution = scene.by(RULES);
    List<Identifier> all = new ArrayList<>();
    resolution.profiles().forEach(profile -> all.addAll(profile.members()));
    resolution.excluded().forEach(excluded -> all.add(excluded.identifier()));
    Set<Identifier> given = new HashSet<>();
    scene.nodes().forEach(node -> given.add(node.identifier()));
    assertThat(all).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(given);
  }

  @Property(seed = "33", tries = 500)
  void resolvingOneGroupAloneEqualsResolvingAll(@ForAll long seed) {
    Scene scene = Scene.drawn(seed);
    Resolution whole = scene.by(RULES);
    Map<Identifier, Profile> byMember = new HashMap<>();
    whole.profiles().forEach(profile -> profile.members().forEach(m -> byMember.put(m, profile)));
    for (Set<Identifier> group : Groups.of(scene)) {
      Resolution alone = Groups.only(scene, group).by(RULES);
      Set<Profile> expected = new HashSet<>();
      group.stream().filter(byMember::containsKey).forEach(m -> expected.add(byMember.get(m)));
      assertThat(new HashSet<>(alone.profiles())).isEqualTo(expected);
    }
  }

  @Property(seed = "34", tries = 1_000)
  void whatCannotBeLinkedNeverIs(@ForAll long seed) {
    Scene scene = Scene.drawn(seed);
    for (GraphRules rules : List.of(RULES, GraphRules.none("person"))) {
      Map<Identifier, String> assignment = scene.by(rules).assignment();
      for (Decision decision : Groups.holding(scene, Decision.Kind.CANNOT_LINK)) {
        String one = assignment.get(decision.left());
        assertThat(one == null || !one.equals(assignment.get(decision.right()))).isTrue();
      }
    }
  }

  @Property(seed = "35", tries = 1_000)
  void whatMustBeLinkedIsUnlessACannotLinkSaysOtherwise(@ForAll long seed) {
    Scene scene = Scene.drawn(seed);
    Resolution resolution = scene.by(RULES);
    Map<Identifier, String> assignment = resolution.assignment();
    Set<List<Identifier>> contradicted = new HashSet<>();
    for (DroppedEdge dropped : resolution.dropped()) {
      if (dropped.reason() == DropReason.CONTRADICTED) {
        contradicted.add(List.of(dropped.edge().left(), dropped.edge().right()));
      }
    }
    boolean anyCannotLink = !Groups.holding(scene, Decision.Kind.CANNOT_LINK).isEmpty();
    assertThat(anyCannotLink || contradicted.isEmpty()).isTrue();
    for (Decision must : Groups.holding(scene, Decision.Kind.MUST_LINK)) {
      if (!contradicted.contains(List.of(must.left(), must.right()))) {
        assertThat(assignment.get(must.left())).isNotNull().isEqualTo(assignment.get(must.right()));
      }
    }
  }

  @Property(seed = "36", tries = 1_000)
  void limitsHoldInEveryProfile(@ForAll long seed) {
    Scene drawn = Scene.drawn(seed);
    Scene scene = new Scene(drawn.nodes(), drawn.edges(), List.of());
    for (Profile profile : scene.by(RULES).profiles()) {
      assertThat(count(profile, "user_id")).isLessThanOrEqualTo(1);
      assertThat(count(profile, "email")).isLessThanOrEqualTo(2);
      assertThat(count(profile, "phone")).isLessThanOrEqualTo(1);
      assertThat(profile.members()).hasSizeLessThanOrEqualTo(7);
    }
  }

  @Property(seed = "37", tries = 1_000)
  void limitsHoldWithinTheirWindow(@ForAll long seed) {
    Scene drawn = Scene.drawn(seed);
    Scene scene = new Scene(drawn.nodes(), drawn.edges(), List.of());
    for (Profile profile : scene.by(WINDOWED).profiles()) {
      List<Identifier> values =
          profile.members().stream().filter(m -> m.type().equals("anonymous_id")).toList();
      for (long start = -100; start < 300; start++) {
        long from = start;
        long seen =
            values.stream()
                .filter(v -> Groups.span(scene, v)[0] <= from + MICROS_WINDOW)
                .filter(v -> Groups.span(scene, v)[1] >= from)
                .count();
        assertThat(seen).isLessThanOrEqualTo(2);
      }
    }
  }

  @Property(seed = "38", tries = 500)
  void idsAreStableWhenYoungerIdentifiersJoin(@ForAll long seed) {
    Scene scene = Scene.drawn(seed);
    GraphRules rules = GraphRules.none("person");
    Random random = new Random(seed);
    List<Edge> more = new ArrayList<>(scene.edges());
    for (Node node : scene.nodes()) {
      if (random.nextInt(3) == 0) {
        Identifier young = new Identifier("device_id", "new " + random.nextInt(1_000_000));
        more.add(new Edge(node.identifier(), young, "login", 0.9, 900, 900, 1, null, null));
      }
    }
    Map<Identifier, String> after =
        new Scene(scene.nodes(), more, scene.decisions()).by(rules).assignment();
    assertThat(after).containsAllEntriesOf(scene.by(rules).assignment());
  }

  @Property(seed = "39", tries = 500)
  void keptAndDroppedEvidenceIsAllThereWas(@ForAll long seed) {
    Scene scene = Scene.drawn(seed);
    Resolution resolution = scene.by(RULES);
    Map<Identifier, String> assignment = resolution.assignment();
    for (Edge edge : resolution.kept()) {
      assertThat(assignment.get(edge.left())).isEqualTo(assignment.get(edge.right()));
    }
    Set<List<Object>> told = new HashSet<>();
    resolution.kept().forEach(edge -> told.add(List.of(edge.left(), edge.right(), edge.rule())));
    resolution
        .dropped()
        .forEach(d -> told.add(List.of(d.edge().left(), d.edge().right(), d.edge().rule())));
    for (Edge edge : scene.edges()) {
      if (!edge.left().equals(edge.right())) {
        assertThat(told).contains(List.of(edge.left(), edge.right(), edge.rule()));
      }
    }
  }

  @Property(seed = "40", tries = 500)
  void whatHoldsAlsoHoldsWhenTheWorkIsBounded(@ForAll long seed) {
    Scene scene = Scene.drawn(seed);
    Scene shuffled = scene.shuffled(new Random(seed + 1));
    for (GraphRules rules : List.of(RULES, WINDOWED)) {
      for (long steps : new long[] {0, 10, 40}) {
        ComponentResolver bounded = new ComponentResolver(rules, steps);
        Resolution resolution = bounded.resolve(scene.nodes(), scene.edges(), scene.decisions());
        assertThat(bounded.resolve(shuffled.nodes(), shuffled.edges(), shuffled.decisions()))
            .isEqualTo(resolution);
        Map<Identifier, String> assignment = resolution.assignment();
        for (Decision decision : Groups.holding(scene, Decision.Kind.CANNOT_LINK)) {
          String one = assignment.get(decision.left());
          assertThat(one == null || !one.equals(assignment.get(decision.right()))).isTrue();
        }
      }
    }
  }

  private static long count(Profile profile, String type) {
    return profile.members().stream().filter(member -> member.type().equals(type)).count();
  }
}
