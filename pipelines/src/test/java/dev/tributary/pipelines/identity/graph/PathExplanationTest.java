package dev.tributary.pipelines.identity.graph;

import static dev.tributary.pipelines.identity.graph.Scene.cannot;
import static dev.tributary.pipelines.identity.graph.Scene.edge;
import static dev.tributary.pipelines.identity.graph.Scene.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.pipelines.identity.graph.PathExplanation.Apart;
import dev.tributary.pipelines.identity.graph.PathExplanation.Joined;
import dev.tributary.pipelines.identity.graph.PathExplanation.Step;
import dev.tributary.pipelines.identity.graph.PathExplanation.Unknown;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PathExplanationTest {
  private static final GraphRules PLAIN = GraphRules.none("person");

  private static PathExplanation explain(Scene scene, GraphRules rules, String from, String to) {
    return PathExplanation.between(
        id(from), id(to), rules, scene.nodes(), scene.edges(), scene.decisions());
  }

  @Test
  void tellsTheStrongestPathAndOfThoseTheShortest() {
    Scene scene =
        Scene.of(
            edge("user_id:a", "email:b", 0.5),
            edge("user_id:a", "email:x", 0.9),
            edge("email:x", "email:y", 0.8),
            edge("email:y", "email:b", 0.9),
            edge("email:x", "email:b", 0.8, "model", "consent-3"));
    Joined joined = (Joined) explain(scene, PLAIN, "user_id:a", "email:b");
    assertThat(joined.path()).extracting(Step::to).containsExactly(id("email:x"), id("email:b"));
    assertThat(joined.confidence()).isEqualTo(0.8);
    assertThat(joined.text())
        .contains("are one", "model, confidence 0.8000", "consent consent-3", "source web");
  }

  @Test
  void tellsWhatWasDroppedOnTheWay() {
    Scene scene =
        Scene.of(edge("user_id:a", "device_id:t1", 0.8), edge("user_id:b", "device_id:t1", 0.9));
    GraphRules unique = GraphRules.parse("rules", "unique: [user_id]");
    Apart apart = (Apart) explain(scene, unique, "user_id:a", "user_id:b");
    assertThat(apart.path()).hasSize(2);
    assertThat(apart.broken()).hasSize(1);
    assertThat(apart.broken().get(0).dropped().get(0).reason()).isEqualTo(DropReason.UNIQUE);
    assertThat(apart.text()).contains("are not one", "-/-", "two values of a unique type");
  }

  @Test
  void tellsWhoHoldsThemApart() {
    Scene scene =
        Scene.of(edge("user_id:a", "user_id:b", 0.9)).with(cannot("user_id:a", "user_id:b", 1));
    Apart apart = (Apart) explain(scene, PLAIN, "user_id:b", "user_id:a");
    assertThat(apart.cannotLink()).isPresent();
    assertThat(apart.text()).contains("Decided: cannot-link by ada: two people.");
  }

  @Test
  void tellsThatAValueStandsForNobody() {
    Scene scene =
        Scene.of(edge("user_id:a", "email:null", 0.9), edge("user_id:b", "email:null", 0.9));
    Apart apart = (Apart) explain(scene, GraphRules.defaults(), "user_id:a", "email:null");
    assertThat(apart.excluded()).hasSize(1);
    assertThat(apart.toProfile()).isEmpty();
    assertThat(apart.text()).contains("email:null stands for nobody");
  }

  @Test
  void tellsTheNearestWhereNothingConnects() {
    Scene scene = Scene.of(edge("user_id:a", "email:x", 0.9), edge("user_id:b", "email:y", 0.9));
    Apart apart = (Apart) explain(scene, PLAIN, "user_id:a", "user_id:b");
    assertThat(apart.path()).isEmpty();
    assertThat(apart.nearFrom()).extracting(Step::to).containsExactly(id("email:x"));
    assertThat(apart.text()).contains("No evidence connects them", "Nearest to user_id:b");
  }

  @Test
  void tellsWhatIsUnknown() {
    Scene scene = Scene.of(edge("user_id:a", "email:x", 0.9));
    PathExplanation explanation = explain(scene, PLAIN, "user_id:a", "user_id:z");
    assertThat(((Unknown) explanation).unknown()).containsExactly(id("user_id:z"));
  }

  /** Joined exactly when in one profile; no path is surer than the component's weakest link. */
  @Property(seed = "71", tries = 300)
  void agreesWithTheProfiles(@ForAll long seed) {
    Scene scene = Scene.drawn(seed);
    GraphRules rules = GraphRules.defaults();
    Map<Identifier, String> assignment = scene.by(rules).assignment();
    for (Node from : scene.nodes()) {
      Node to = scene.nodes().get(0);
      PathExplanation explanation =
          explain(scene, rules, from.identifier().toString(), to.identifier().toString());
      String one = assignment.get(from.identifier());
      boolean same = one != null && one.equals(assignment.get(to.identifier()));
      assertThat(explanation instanceof Joined).isEqualTo(same);
      if (explanation instanceof Joined joined) {
        assertThat(joined.confidence()).isGreaterThanOrEqualTo(joined.profile().confidence());
        assertThat(joined.path()).noneMatch(Step::broken);
      }
    }
  }
}
