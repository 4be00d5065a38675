package dev.tributary.pipelines.identity.graph;

import static dev.tributary.pipelines.identity.graph.Scene.cannot;
import static dev.tributary.pipelines.identity.graph.Scene.edge;
import static dev.tributary.pipelines.identity.graph.Scene.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ChangeLogTest {
  private static final GraphRules RULES = GraphRules.none("person");
  private static final Node A = new Node(id("user_id:a"), 1);
  private static final Node B = new Node(id("user_id:b"), 2);
  private static final Node C = new Node(id("user_id:c"), 3);
  private static final Node D = new Node(id("email:d"), 4);
  private static final List<Node> NODES = List.of(A, B, C, D);

  private static Scene scene(Edge... edges) {
    return new Scene(NODES, List.of(edges), List.of());
  }

  private static List<Change> changes(Scene before, Scene after, String... withdrawn) {
    Resolution was = before.by(RULES);
    Resolution is = after.by(RULES);
    Causes causes = Causes.between(state(before, was), state(after, is), Set.of(withdrawn));
    return ChangeLog.between(was.assignment(), is.assignment(), causes);
  }

  private static Causes.State state(Scene scene, Resolution resolution) {
    return new Causes.State(
        scene.edges(), scene.decisions(), resolution.dropped(), RULES.fingerprint());
  }

  private static String p(Node oldest) {
    return ProfileId.of("person", oldest.identifier());
  }

  @Test
  void tellsAMergeWithTheEvidenceThatMadeIt() {
    List<Change> changes = changes(scene(), scene(edge("user_id:a", "user_id:b", 0.9)));
    assertThat(changes).hasSize(1);
    Change merge = changes.get(0);
    assertThat(merge.kind()).isEqualTo(Change.Kind.MERGE);
    assertThat(merge.from()).containsExactlyInAnyOrder(p(A), p(B));
    assertThat(merge.to()).containsExactly(p(A));
    assertThat(merge.moved()).containsExactly(B.identifier());
    assertThat(merge.causes())
        .extracting(Cause::kind, Cause::detail)
        .containsExactly(tuple(Cause.Kind.NEW_EVIDENCE, "login, confidence 0.9"));
  }

  @Test
  void tellsASplitByAWithdrawnConsent() {
    Edge consented = edge("user_id:a", "user_id:b", 0.9, "login", "consent-7");
    Scene before = scene(consented, edge("user_id:b", "user_id:c", 0.9));
    List<Change> changes = changes(before, scene(edge("user_id:b", "user_id:c", 0.9)), "consent-7");
    assertThat(changes).hasSize(1);
    assertThat(changes.get(0).kind()).isEqualTo(Change.Kind.SPLIT);
    assertThat(changes.get(0).to()).containsExactlyInAnyOrder(p(A), p(B));
    assertThat(changes.get(0).moved()).containsExactly(B.identifier(), C.identifier());
    assertThat(changes.get(0).causes().get(0).kind()).isEqualTo(Cause.Kind.CONSENT_WITHDRAWN);
  }

  @Test
  void tellsASplitByADecision() {
    Scene before = scene(edge("user_id:a", "user_id:b", 0.9));
    Scene after = before.with(cannot("user_id:a", "user_id:b", 9));
    Change split = changes(before, after).get(0);
    assertThat(split.kind()).isEqualTo(Change.Kind.SPLIT);
    assertThat(split.causes())
        .extracting(Cause::kind)
        .containsExactly(Cause.Kind.NEW_DECISION, Cause.Kind.NOW_DROPPED);
  }

  @Test
  void tellsWhichIdentifierMovedBetweenTwoProfilesThatStay() {
    Scene before = scene(edge("user_id:a", "email:d", 0.9));
    List<Change> changes = changes(before, scene(edge("user_id:b", "email:d", 0.9)));
    assertThat(changes).hasSize(1);
    assertThat(changes.get(0).kind()).isEqualTo(Change.Kind.REASSIGN);
    assertThat(changes.get(0).from()).containsExactly(p(A));
    assertThat(changes.get(0).to()).containsExactly(p(B));
    assertThat(changes.get(0).moved()).containsExactly(D.identifier());
    assertThat(changes.get(0).causes())
        .extracting(Cause::kind)
        .containsExactly(Cause.Kind.NEW_EVIDENCE, Cause.Kind.GONE_EVIDENCE);
  }

  @Test
  void tellsANewNameWhenAnOlderIdentifierIsFoundOut() {
    Map<Identifier, String> before = Map.of(B.identifier(), p(B));
    Map<Identifier, String> after = Map.of(B.identifier(), p(A), A.identifier(), p(A));
    List<Change> changes = ChangeLog.between(before, after, Causes.unknown());
    assertThat(changes).hasSize(1);
    assertThat(changes.get(0).kind()).isEqualTo(Change.Kind.REASSIGN);
    assertThat(changes.get(0).causes())
        .extracting(Cause::kind)
        .containsExactly(Cause.Kind.OLDER_IDENTIFIER);
    assertThat(ChangeLog.aliases("person", before, after)).containsExactly(new Alias(p(B), p(A)));
  }

  @Test
  void tellsCreationsAndRetirements() {
    Map<Identifier, String> one = Map.of(A.identifier(), p(A));
    Map<Identifier, String> other = Map.of(B.identifier(), p(B), C.identifier(), p(B));
    assertThat(ChangeLog.between(one, other, Causes.unknown()))
        .extracting(Change::kind, Change::from, Change::to)
        .containsExactly(
            tuple(Change.Kind.CREATE, List.of(), List.of(p(B))),
            tuple(Change.Kind.RETIRE, List.of(p(A)), List.of()));
    assertThat(ChangeLog.aliases("person", one, other)).isEmpty();
  }

  @Test
  void saysThatTheRulesChanged() {
    Scene scene = scene(edge("user_id:a", "user_id:b", 0.6));
    GraphRules stricter = GraphRules.parse("rules", "min_confidence: 0.7");
    Resolution was = scene.by(RULES);
    Resolution is = scene.by(stricter);
    Causes causes =
        Causes.between(
            state(scene, was),
            new Causes.State(
                scene.edges(), scene.decisions(), is.dropped(), stricter.fingerprint()),
            Set.of());
    List<Change> changes = ChangeLog.between(was.assignment(), is.assignment(), causes);
    assertThat(changes.get(0).causes())
        .extracting(Cause::kind)
        .containsExactly(Cause.Kind.NOW_DROPPED, Cause.Kind.RULES_CHANGED);
  }

  @Test
  void anOldIdIsFollowedThroughAChainAndBackAgain() {
    Aliases aliases =
        Aliases.none()
            .and(List.of(new Alias("c", "b")), Set.of("b"))
            .and(List.of(new Alias("b", "a")), Set.of("a"));
    assertThat(aliases.resolve("c")).isEqualTo("a");
    assertThat(aliases.resolve("x")).isEqualTo("x");
    assertThat(aliases.and(List.of(), Set.of("a", "b")).resolve("c")).isEqualTo("b");
  }

  /** However merges follow one another, taking them back in any order gives what was before. */
  @Property(seed = "51", tries = 300)
  void unmergeInvertsMerge(@ForAll long seed) {
    Scene drawn = Scene.drawn(seed);
    Scene start = new Scene(drawn.nodes(), drawn.edges(), List.of());
    Random random = new Random(seed);
    List<Decision> merges = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(5); i++) {
      Identifier left = start.nodes().get(random.nextInt(start.nodes().size())).identifier();
      Identifier right = start.nodes().get(random.nextInt(start.nodes().size())).identifier();
      if (!left.equals(right)) {
        merges.add(new Decision(Decision.Kind.MUST_LINK, left, right, "ada", "", 1_000 + i));
      }
    }
    List<Map<Identifier, String>> states = new ArrayList<>();
    for (int applied = 0; applied <= merges.size(); applied++) {
      states.add(
          start.with(merges.subList(0, applied).toArray(Decision[]::new)).by(RULES).assignment());
    }
    Aliases aliases = Aliases.none();
    for (int i = 1; i < states.size(); i++) {
      aliases = follow(states.get(i - 1), states.get(i), aliases);
    }
    for (int i = states.size() - 1; i > 0; i--) {
      List<Change> back = ChangeLog.between(states.get(i), states.get(i - 1), Causes.unknown());
      assertThat(back).noneMatch(change -> change.kind() == Change.Kind.CREATE);
      aliases = follow(states.get(i), states.get(i - 1), aliases);
    }
    assertThat(aliases.next()).isEmpty();
  }

  /** Taking back one merge in the middle of a chain leaves the others. */
  @Property(seed = "54", tries = 300)
  void aNewerDecisionUndoesOneMergeOfAChain(
      @ForAll @IntRange(min = 2, max = 12) int length,
      @ForAll @IntRange(min = 0, max = 10) int at) {
    int undone = at % (length - 1);
    List<Node> nodes = new ArrayList<>();
    List<Decision> chain = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      nodes.add(new Node(id("user_id:" + i), i));
      if (i > 0) {
        chain.add(Scene.must("user_id:" + (i - 1), "user_id:" + i, i));
      }
    }
    Scene start = new Scene(nodes, List.of(), List.of());
    Decision undo = cannot("user_id:" + undone, "user_id:" + (undone + 1), 100);
    Scene unmerged = start.with(chain.toArray(Decision[]::new)).with(undo);
    chain.remove(undone);
    Resolution expected = start.with(chain.toArray(Decision[]::new)).by(RULES);
    assertThat(unmerged.by(RULES)).isEqualTo(expected);
    assertThat(expected.profiles()).hasSize(2);
  }

  /** Every id that was ever given resolves to the profile of the identifier it was made of. */
  @Property(seed = "52", tries = 300)
  void anOldIdFollowsTheIdentifierItWasMadeOf(@ForAll long seed) {
    Random random = new Random(seed);
    Scene all = Scene.drawn(seed);
    Map<Identifier, String> before = Map.of();
    Aliases aliases = Aliases.none();
    Map<String, Identifier> given = new HashMap<>();
    for (int run = 0; run < 6; run++) {
      List<Edge> edges = all.edges().stream().filter(e -> random.nextBoolean()).toList();
      Resolution now = new Scene(all.nodes(), edges, List.of()).by(RULES);
      aliases = follow(before, now.assignment(), aliases);
      now.profiles().forEach(profile -> given.put(profile.id(), profile.oldest()));
      before = now.assignment();
      for (Map.Entry<String, Identifier> old : given.entrySet()) {
        assertThat(aliases.resolve(old.getKey())).isEqualTo(before.get(old.getValue()));
      }
    }
  }

  private static Aliases follow(
      Map<Identifier, String> before, Map<Identifier, String> after, Aliases known) {
    return known.and(
        ChangeLog.aliases("person", before, after, known), new HashSet<>(after.values()));
  }

  /** Every identifier that moved is told, and what is told did move. */
  @Property(seed = "53", tries = 500)
  void theChangesTellEveryMove(@ForAll long seed) {
    Map<Identifier, String> before = Scene.drawn(seed).by(RULES).assignment();
    Map<Identifier, String> after = Scene.drawn(seed / 2 + 1).by(RULES).assignment();
    Set<Identifier> told = new HashSet<>();
    for (Change change : ChangeLog.between(before, after, Causes.unknown())) {
      boolean moves = change.kind() != Change.Kind.CREATE && change.kind() != Change.Kind.RETIRE;
      if (moves) {
        told.addAll(change.moved());
      }
    }
    Set<Identifier> moved = new HashSet<>();
    before.forEach(
        (identifier, old) -> {
          String now = after.get(identifier);
          if (now != null && !now.equals(old)) {
            moved.add(identifier);
          }
        });
    assertThat(told).isEqualTo(moved);
  }
}
