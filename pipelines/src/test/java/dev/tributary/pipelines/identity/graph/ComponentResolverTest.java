package dev.tributary.pipelines.identity.graph;

import static dev.tributary.pipelines.identity.graph.Scene.cannot;
import static dev.tributary.pipelines.identity.graph.Scene.edge;
import static dev.tributary.pipelines.identity.graph.Scene.id;
import static dev.tributary.pipelines.identity.graph.Scene.must;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ComponentResolverTest {
  private static final GraphRules PLAIN = GraphRules.none("person");

  private static Set<Set<Identifier>> parts(Resolution resolution) {
    Set<Set<Identifier>> parts = new HashSet<>();
    resolution.profiles().forEach(profile -> parts.add(Set.copyOf(profile.members())));
    return parts;
  }

  private static Set<Identifier> ids(String... texts) {
    return Set.copyOf(Arrays.stream(texts).map(Scene::id).toList());
  }

  private static boolean together(Resolution resolution, String one, String other) {
    Map<Identifier, String> assignment = resolution.assignment();
    return assignment.get(id(one)).equals(assignment.get(id(other)));
  }

  @Test
  void theIdIsMadeOfTheOldestIdentifier() {
    Scene scene =
        new Scene(
            List.of(new Node(id("email:b"), 5), new Node(id("user_id:a"), 5)),
            List.of(edge("user_id:a", "email:b", 0.8)),
            List.of());
    Profile profile = scene.by(PLAIN).profiles().get(0);
    assertThat(profile.oldest()).isEqualTo(id("email:b"));
    assertThat(profile.id()).isEqualTo(ProfileId.of("person", id("email:b")));
    assertThat(profile.id()).matches("p_[0-7][0-9A-HJKMNP-TV-Z]{25}");
    assertThat(ProfileId.of("household", id("email:b"))).isNotEqualTo(profile.id());
  }

  /** SHA-256 of {@code person 0x1f email 0x1f ada@example.org}, computed by another program. */
  @Test
  void theIdIsTheOneOfItsDefinition() {
    assertThat(ProfileId.of("person", id("email:ada@example.org")))
        .isEqualTo("p_4WVDKA71BV1PMPGN8BBV5FGV7W");
  }

  @Test
  void confidenceIsTheWeakestLinkOfTheStrongestTree() {
    Scene triangle =
        Scene.of(
            edge("email:a", "email:b", 0.9), edge("email:b", "email:c", 0.8),
            edge("email:a", "email:c", 0.6), edge("email:c", "email:d", 0.7));
    Profile profile = triangle.by(PLAIN).profiles().get(0);
    assertThat(profile.confidence()).isEqualTo(0.7);
    assertThat(profile.density()).isEqualTo(4 / 6.0);
  }

  @Test
  void betweenTwoHeldApartTheCutMostLikelyAllWrongIsMade() {
    Scene scene =
        Scene.of(
                edge("user_id:a", "email:x", 0.6, "one", null),
                edge("user_id:a", "email:y", 0.6, "one", null),
                edge("email:y", "email:x", 0.99, "one", null),
                edge("email:x", "user_id:b", 0.9, "one", null))
            .with(cannot("user_id:a", "user_id:b", 1));
    Resolution resolution = scene.by(PLAIN);
    // Two of 0.6 are wrong together with 0.16, the one of 0.9 with 0.1.
    assertThat(parts(resolution)).contains(ids("user_id:a"));
    assertThat(resolution.dropped())
        .hasSize(2)
        .allMatch(dropped -> dropped.reason() == DropReason.CANNOT_LINK)
        .allMatch(dropped -> dropped.detail().contains("two people"));
  }

  @Test
  void aSharedTabletGoesToWhoUsesItMoreSurely() {
    GraphRules unique = GraphRules.parse("rules", "unique: [user_id]");
    Resolution resolution =
        Scene.of(edge("user_id:a", "device_id:t", 0.8), edge("user_id:b", "device_id:t", 0.9))
            .by(unique);
    assertThat(together(resolution, "user_id:b", "device_id:t")).isTrue();
    assertThat(together(resolution, "user_id:a", "device_id:t")).isFalse();
    assertThat(resolution.dropped().get(0).reason()).isEqualTo(DropReason.UNIQUE);
  }

  @Test
  void ofEquallySureEvidenceTheMoreOftenObservedStays() {
    GraphRules unique = GraphRules.parse("rules", "unique: [user_id]");
    Edge seldom = new Edge(id("user_id:a"), id("device_id:t"), "login", 0.9, 1, 2, 2, "web", null);
    Edge often = new Edge(id("user_id:b"), id("device_id:t"), "login", 0.9, 1, 2, 90, "web", null);
    assertThat(together(Scene.of(seldom, often).by(unique), "user_id:b", "device_id:t")).isTrue();
  }

  @Test
  void theWeakerTypeGoesFirstThoughItsEvidenceIsSurer() {
    GraphRules rules =
        GraphRules.parse("rules", "{priority: [user_id, email, anonymous_id], unique: [user_id]}");
    Resolution resolution =
        Scene.of(
                edge("user_id:a", "email:e", 0.8),
                edge("email:e", "anonymous_id:c", 1),
                edge("anonymous_id:c", "user_id:b", 0.99))
            .by(rules);
    assertThat(together(resolution, "user_id:a", "email:e")).isTrue();
    assertThat(together(resolution, "email:e", "anonymous_id:c")).isTrue();
    assertThat(together(resolution, "user_id:b", "anonymous_id:c")).isFalse();
  }

  @Test
  void aTillDoesNotJoinFivePeopleBecauseFiveAreAllowed() {
    GraphRules rules = GraphRules.parse("rules", "{hubs: [], limits: [{type: email, max: 5}]}");
    List<Edge> edges = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      edges.add(edge("user_id:u" + i, "email:" + i + "@x", 1));
      edges.add(edge("email:" + i + "@x", "anonymous_id:till", 0.9));
    }
    Resolution resolution = Scene.of(edges.toArray(Edge[]::new)).by(rules);
    assertThat(resolution.profiles()).hasSize(20);
  }

  @Test
  void fiveAddressesAreKeptWhenASixthComes() {
    GraphRules rules = GraphRules.parse("rules", "limits: [{type: email, max: 5}]");
    List<Edge> edges = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      edges.add(edge("user_id:a", "email:" + i + "@x", i == 3 ? 0.8 : 0.9));
    }
    Resolution resolution = Scene.of(edges.toArray(Edge[]::new)).by(rules);
    assertThat(parts(resolution)).contains(ids("email:3@x"));
    assertThat(resolution.profiles()).hasSize(2);
  }

  @Test
  void windowsCountOnlyWhatWasSeenTogether() {
    GraphRules rules =
        GraphRules.parse(
            "rules", "{bridges: {below: 0}, limits: [{type: device_id, max: 2, within_days: 30}]}");
    long day = 86_400_000_000L;
    List<Edge> slowly = new ArrayList<>();
    List<Edge> atOnce = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      slowly.add(Scene.at("user_id:a", "device_id:d" + i, 100 * i * day, 100 * i * day + 20 * day));
      atOnce.add(Scene.at("user_id:a", "device_id:d" + i, 5 * i * day, 5 * i * day + day));
    }
    assertThat(Scene.of(slowly.toArray(Edge[]::new)).by(rules).profiles()).hasSize(1);
    assertThat(Scene.of(atOnce.toArray(Edge[]::new)).by(rules).profiles()).hasSize(3);
  }

  @Test
  void aHubStandsForNobody() {
    List<Edge> edges = new ArrayList<>();
    for (int i = 0; i < 11; i++) {
      edges.add(edge("user_id:u" + i, "email:info@shop.org", 1));
    }
    Resolution resolution = Scene.of(edges.toArray(Edge[]::new)).by(GraphRules.defaults());
    assertThat(resolution.profiles()).hasSize(11);
    assertThat(resolution.excluded().get(0).detail())
        .isEqualTo("linked to 11 user_id, more than 10");
    assertThat(resolution.dropped()).allMatch(d -> d.reason() == DropReason.HUB);
  }

  @Test
  void hubsFoundBeforehandAreInNoProfile() {
    ComponentResolver resolver = new ComponentResolver(GraphRules.defaults());
    List<Node> nodes = List.of(new Node(id("email:info@shop.org"), 1));
    Resolution resolution =
        resolver.resolve(nodes, List.of(), List.of(), Set.of(id("email:info@shop.org")));
    assertThat(resolution.profiles()).isEmpty();
    assertThat(resolution.excluded()).hasSize(1);
  }

  @Test
  void placeholdersJoinNobody() {
    for (String value :
        List.of("null", "NULL", "Undefined", "00000000-0000-0000-0000-000000000000")) {
      Resolution resolution =
          Scene.of(
                  edge("user_id:a", "device_id:" + value, 1),
                  edge("user_id:b", "device_id:" + value, 1))
              .by(GraphRules.defaults());
      assertThat(resolution.profiles()).hasSize(2);
      assertThat(resolution.excluded().get(0).reason()).isEqualTo(DropReason.BLOCKED_VALUE);
    }
  }

  @Test
  void aMustLinkHoldsAgainstEveryRule() {
    GraphRules rules = GraphRules.parse("rules", "{unique: [user_id], limits: []}");
    Scene scene =
        Scene.of(edge("user_id:a", "email:x", 1), edge("user_id:b", "email:null", 0.1))
            .with(must("user_id:a", "user_id:b", 1), must("user_id:b", "email:null", 1));
    Resolution resolution = scene.by(rules);
    assertThat(parts(resolution))
        .containsExactly(ids("user_id:a", "user_id:b", "email:x", "email:null"));
    assertThat(resolution.profiles().get(0).confidence()).isEqualTo(1);
  }

  @Test
  void aCannotLinkBeatsAChainOfMustLinksAtItsOldest() {
    Scene scene =
        new Scene(
                List.of(
                    new Node(id("user_id:a"), 1),
                    new Node(id("user_id:b"), 1),
                    new Node(id("user_id:c"), 1)),
                List.of(),
                List.of())
            .with(
                must("user_id:a", "user_id:b", 1),
                must("user_id:b", "user_id:c", 2),
                cannot("user_id:a", "user_id:c", 0));
    Resolution resolution = scene.by(PLAIN);
    assertThat(parts(resolution))
        .containsExactlyInAnyOrder(ids("user_id:a"), ids("user_id:b", "user_id:c"));
    assertThat(resolution.dropped().get(0).reason()).isEqualTo(DropReason.CONTRADICTED);
  }

  @Test
  void theNewestDecisionOnAPairHolds() {
    Scene scene = Scene.of(edge("user_id:a", "user_id:b", 0.9));
    Decision apart = cannot("user_id:a", "user_id:b", 1);
    Decision joined = must("user_id:b", "user_id:a", 2);
    assertThat(scene.with(apart).by(PLAIN).profiles()).hasSize(2);
    assertThat(scene.with(apart, joined).by(PLAIN).profiles()).hasSize(1);
  }

  @Test
  void aSourceLinksOnlyWhatItMay() {
    GraphRules rules =
        GraphRules.parse("rules", "sources: [{source: web, between: ['user_id ~ anon*']}]");
    Resolution resolution =
        Scene.of(edge("anonymous_id:c", "user_id:a", 0.9), edge("user_id:a", "phone:1234", 0.9))
            .by(rules);
    assertThat(resolution.profiles()).hasSize(2);
    assertThat(resolution.dropped().get(0).detail())
        .isEqualTo("source web may link only [user_id ~ anon*]");
  }

  private static List<Edge> clique(String name, int size) {
    List<Edge> edges = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < i; j++) {
        edges.add(edge("record:" + name + i, "record:" + name + j, 0.9));
      }
    }
    return edges;
  }

  @Test
  void aWeakBridgeDoesNotJoinTwoDenseParts() {
    List<Edge> edges = clique("x", 9);
    edges.addAll(clique("y", 9));
    edges.add(edge("record:x1", "record:y1", 0.55));
    Scene weak = Scene.of(edges.toArray(Edge[]::new));
    assertThat(weak.by(GraphRules.defaults()).profiles()).hasSize(2);
    assertThat(weak.by(GraphRules.defaults()).dropped())
        .extracting(DroppedEdge::reason)
        .containsExactly(DropReason.WEAK_BRIDGE);
    Scene two = weak.with(edge("record:x2", "record:y2", 0.55));
    assertThat(two.by(GraphRules.defaults()).profiles()).hasSize(1);
  }

  /** However one person's values hang together, default rules leave them one. */
  @Property(seed = "61", tries = 1_000)
  void ordinaryPeopleAreNeverSplit(
      @ForAll @IntRange(min = 2, max = 6) int devices,
      @ForAll @IntRange(min = 1, max = 3) int logins,
      @ForAll @IntRange(min = 0, max = 4) int emails,
      @ForAll long seed) {
    Random random = new Random(seed);
    List<Identifier> values = new ArrayList<>();
    for (int i = 0; i < logins; i++) {
      values.add(id("user_id:login" + i));
    }
    for (int i = 0; i < emails; i++) {
      values.add(id("email:mail" + i + "@example.org"));
    }
    for (int i = 0; i < devices; i++) {
      values.add(id((i % 2 == 0 ? "device_id:d" : "anonymous_id:c") + i + "device"));
    }
    List<Edge> edges = new ArrayList<>();
    for (int i = 1; i < values.size(); i++) {
      for (int links = 0; links <= random.nextInt(2); links++) {
        double confidence = random.nextInt(3) == 0 ? 0.5 : 0.65 + 0.35 * random.nextDouble();
        Identifier other = values.get(random.nextInt(i));
        edges.add(new Edge(values.get(i), other, "r" + links, confidence, 1, 2, 1, "web", null));
      }
    }
    assertThat(Scene.of(edges.toArray(Edge[]::new)).by(GraphRules.defaults()).profiles())
        .hasSize(1);
  }

  @Test
  void householdsTakeOnlyHouseholdEvidenceAndPersonsNone() {
    Edge shared = edge("person:p1", "address:Mill Lane 3", 0.9, "household.shared_address", null);
    Edge other = edge("person:p2", "address:Mill Lane 3", 0.9, "household.shared_address", null);
    Edge login = edge("person:p2", "person:p3", 1, "same_login", null);
    Scene scene = Scene.of(shared, other, login);
    Resolution households = scene.by(GraphRules.householdDefaults());
    assertThat(parts(households))
        .containsExactlyInAnyOrder(
            ids("person:p1", "person:p2", "address:Mill Lane 3"), ids("person:p3"));
    assertThat(households.dropped())
        .extracting(DroppedEdge::reason)
        .containsExactly(DropReason.OTHER_GRAPH);
    assertThat(parts(scene.by(GraphRules.defaults())))
        .contains(ids("person:p2", "person:p3"))
        .hasSize(3);
  }

  @Test
  void aBlockOfFlatsIsNoHousehold() {
    List<Edge> edges = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      edges.add(edge("person:" + i + "x", "network:tower", 0.8, "household.shared_network", null));
    }
    assertThat(Scene.of(edges.toArray(Edge[]::new)).by(GraphRules.householdDefaults()).profiles())
        .hasSize(40);
  }
}
