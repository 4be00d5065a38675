package dev.tributary.pipelines.identity.graph;

import static dev.tributary.pipelines.identity.graph.Scene.edge;
import static dev.tributary.pipelines.identity.graph.Scene.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.schemas.yaml.YamlException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraphRulesTest {
  private static final String ALL =
      """
      graph: person
      min_confidence: 0.4
      priority: [user_id, email]
      unique: [crm_key]
      limits:
        - {type: email, max: 5}
        - {type: device_id, max: 6, within_days: 30}
      placeholders: false
      blocked:
        - {type: email, values: [Test@Test.com], patterns: ['^noreply@']}
        - values: [not given]
      hubs:
        - {type: email, neighbours: user_id, max: 10}
        - {type: phone, max: 20}
      sources:
        - {source: crm, between: [crm_key ~ email, 'crm_key ~ phone*']}
      bridges: {below: 0.7, min_side: 5, min_degree: 2.5}
      accepts: ['*']
      refuses: ['household.*']
      """;

  @Test
  void readsEverything() {
    GraphRules rules = GraphRules.parse("rules.yaml", ALL);
    assertThat(rules.minConfidence()).isEqualTo(0.4);
    assertThat(rules.priority()).containsExactly("user_id", "email");
    assertThat(rules.limits())
        .containsExactly(
            Limit.unique("crm_key"),
            Limit.ever("email", 5),
            new Limit("device_id", 6, Duration.ofDays(30)));
    assertThat(rules.hubs())
        .containsExactly(new HubRule("email", "user_id", 10), new HubRule("phone", "*", 20));
    assertThat(rules.bridges()).isEqualTo(new BridgeRule(0.7, 5, 2.5));
    assertThat(rules.blocks(id("email:TEST@test.com"))).isPresent();
    assertThat(rules.blocks(id("email:noreply@x.org"))).isPresent();
    assertThat(rules.blocks(id("phone:noreply@x.org"))).isEmpty();
    assertThat(rules.blocks(id("phone:not given"))).isPresent();
    assertThat(rules.blocks(id("phone:null"))).isEmpty();
    assertThat(rules.refuses(edge("crm_key:1", "phone:2", 0.9))).isEmpty();
    assertThat(rules.refuses(edge("crm_key:1", "phone:2", 0.3)).orElseThrow().reason())
        .isEqualTo(DropReason.BELOW_MIN_CONFIDENCE);
    assertThat(
            rules
                .refuses(edge("crm_key:1", "phone:2", 0.9, "household.address", null))
                .orElseThrow()
                .reason())
        .isEqualTo(DropReason.OTHER_GRAPH);
  }

  @Test
  void anEmptyTextIsTheDefault() {
    assertThat(GraphRules.parse("rules", "{}").fingerprint())
        .isEqualTo(GraphRules.defaults().fingerprint());
    assertThat(GraphRules.parse("rules", "graph: household").fingerprint())
        .isEqualTo(GraphRules.householdDefaults().fingerprint())
        .isNotEqualTo(GraphRules.defaults().fingerprint());
  }

  @Test
  void theFingerprintTellsRulesApart() {
    GraphRules rules = GraphRules.parse("rules", ALL);
    assertThat(rules.fingerprint())
        .isEqualTo(GraphRules.parse("other", ALL).fingerprint())
        .isNotEqualTo(GraphRules.parse("rules", ALL.replace("0.7", "0.8")).fingerprint())
        .isNotEqualTo(GraphRules.parse("rules", ALL.replace("^no", "^not")).fingerprint())
        .matches("[0-9a-f]{32}");
  }

  @Test
  void travelsToOtherMachines() throws IOException, ClassNotFoundException {
    ComponentResolver resolver = new ComponentResolver(GraphRules.parse("rules", ALL));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(resolver);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      ComponentResolver copy = (ComponentResolver) in.readObject();
      assertThat(copy.rules().fingerprint()).isEqualTo(resolver.rules().fingerprint());
      assertThat(copy.rules().blocks(id("email:noreply@x.org"))).isPresent();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "min_confidance: 1 | min_confidance: unknown key",
        "graph: company | graph: unknown graph 'company'",
        "min_confidence: 2 | the minimum confidence is 2.0",
        "min_confidence: high | min_confidence: 'high' is no number",
        "limits: [{type: email, max: 0}] | limits[0]: the limit of email is 0",
        "limits: [{type: email}] | limits[0].max: is missing",
        "blocked: [{patterns: ['(']}] | blocked[0]: the pattern '(' is no RE2 expression",
        "sources: [{source: web, between: [email]}] | between[0]: 'email' is no pair of types",
        "bridges: {below: 0.5, min_side: 1} | bridges: the smallest side of a bridge is 1",
        "priority: [email, email] | the priority is [email, email]"
      })
  void refusesWhatIsWrongWithPlaceAndFix(String yaml, String message) {
    assertThatThrownBy(() -> GraphRules.parse("rules.yaml", yaml))
        .isInstanceOf(YamlException.class)
        .hasMessageContaining("rules.yaml: ")
        .hasMessageContaining(message)
        .hasMessageContaining("; ");
  }

  @Test
  void refusesWhatIsNoEvidence() {
    assertThatThrownBy(() -> edge("email:a", "email:b", 0)).hasMessageContaining("(0, 1]");
    assertThatThrownBy(() -> edge("email:a", "email:b", Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> Scene.at("email:a", "email:b", 5, 4)).hasMessageContaining("5 to 4");
    assertThatThrownBy(() -> Scene.must("email:a", "email:a", 1)).hasMessageContaining("itself");
    assertThatThrownBy(() -> new Identifier("", "x")).hasMessageContaining("type ''");
  }

  @Test
  void identifiersSortAsTheirBytesDo() {
    Identifier emoji = new Identifier("t", "\uD83D\uDE00");
    Identifier privateUse = new Identifier("t", "\uE000");
    assertThat(List.of(emoji, privateUse).stream().sorted().toList())
        .containsExactly(privateUse, emoji);
    assertThat(id("t:a")).isLessThan(id("t:ab"));
  }
}
