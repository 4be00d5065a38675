package dev.tributary.schemas.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.schemas.dialect.Dialect;
import dev.tributary.schemas.dialect.SchemaDocument;
import dev.tributary.schemas.validation.JsonValidator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * What the checker proves is held against the validator, on random pairs of versions and random
 * instances.
 */
class CompatibilitySoundnessTest {
  private static int proven;
  private static int proofsOfNothing;
  private static int validInstances;

  @Property(tries = 4_000, seed = "20260301", shrinking = ShrinkingMode.OFF)
  void whatIsProvenCompatibleAcceptsAllThatWasValid(@ForAll long seed) {
    Random random = new Random(seed);
    Dialect dialect = Dialect.values()[random.nextInt(Dialect.values().length)];
    RandomSchemas schemas = new RandomSchemas(random, dialect);
    ObjectNode earlier = schemas.document();
    ObjectNode newer = schemas.edited(earlier);
    if (endless(earlier) || endless(newer)) {
      return;
    }
    Comparison comparison = CompatibilityChecker.compare(earlier, newer);
    boolean nothingLeft =
        new Disjointness(false)
            .holds(Conjunction.of(List.of(SchemaNode.root(earlier))), SchemaNode.root(newer));
    if (!comparison.strictlyCompatible() && !nothingLeft) {
      return;
    }
    proven += comparison.strictlyCompatible() ? 1 : 0;
    proofsOfNothing += nothingLeft ? 1 : 0;
    JsonValidator before = JsonValidator.compile(earlier);
    JsonValidator after = JsonValidator.compile(newer);
    for (int i = 0; i < 60; i++) {
      JsonNode instance = random.nextInt(3) == 0 ? schemas.value(2) : schemas.object(2);
      if (before.validate(instance).isEmpty()) {
        validInstances++;
        assertThat(after.validate(instance).isEmpty())
            .as("%s\n→ %s\n%s on %s", earlier, newer, comparison, instance)
            .isEqualTo(!nothingLeft);
      }
    }
  }

  private static boolean endless(JsonNode document) {
    return SchemaDocument.of(document).endlessReference().isPresent();
  }

  @AfterContainer
  static void provesOften() {
    System.out.printf(
        "%d pairs proven compatible, %d proven to have nothing in common, %d valid instances%n",
        proven, proofsOfNothing, validInstances);
    assertThat(proven).isGreaterThan(1_000);
    assertThat(proofsOfNothing).isGreaterThan(50);
    assertThat(validInstances).isGreaterThan(20_000);
  }
}
