package dev.tributary.schemas.types;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.schemas.validation.JsonValidator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** What holds of the mapping for any schema and any event that is valid under it. */
class MappingPropertiesTest {
  private static final String SEED = "20260101";
  private static final int EVENTS_PER_SCHEMA = 10;

  @Property(
      tries = 1500,
      seed = SEED,
      shrinking = ShrinkingMode.OFF,
      afterFailure = AfterFailureMode.RANDOM_SEED)
  void aValidEventComesBackFromItsColumns(@ForAll long seed) {
    Random random = new Random(seed);
    ObjectNode schema = new RandomSchemas(random).event();
    requireRoundTrips(List.of(schema), random);
  }

  @Property(
      tries = 700,
      seed = SEED,
      shrinking = ShrinkingMode.OFF,
      afterFailure = AfterFailureMode.RANDOM_SEED)
  void aValidEventOfAnyVersionComesBackFromTheColumnsOfAll(@ForAll long seed) {
    Random random = new Random(seed);
    RandomSchemas schemas = new RandomSchemas(random);
    requireRoundTrips(List.of(schemas.event(), schemas.event(), schemas.event()), random);
  }

  private static void requireRoundTrips(List<? extends JsonNode> documents, Random random) {
    ModelSchema model = Models.model(documents);
    for (int version = 0; version < documents.size(); version++) {
      JsonNode document = documents.get(version);
      JsonValidator validator = JsonValidator.compile(document);
      RandomInstances instances = new RandomInstances(document, random);
      Decoder decoder = model.decoder(Models.version(version));
      for (int i = 0; i < EVENTS_PER_SCHEMA; i++) {
        ObjectNode event = instances.event();
        if (validator.validate(event).isEmpty()) {
          requireRoundTrip(model, decoder, event);
        }
      }
    }
  }

  /** The event comes back, or is refused because it holds an integer that no double equals. */
  static void requireRoundTrip(ModelSchema model, Decoder decoder, ObjectNode event) {
    Object[] row;
    try {
      row = decoder.decode(event);
    } catch (UnrepresentableException refused) {
      assertThat(refused).hasMessageContaining("does not fit a DOUBLE");
      assertThat(event.at(refused.pointer()).isIntegralNumber()).as(refused.pointer()).isTrue();
      return;
    }
    assertThat(CanonicalJson.of(RowEncoder.encode(model.columns(), row)))
        .as("columns %s%nevent %s", Models.columns(model), event)
        .isEqualTo(CanonicalJson.of(event));
  }

  @Property(tries = 500, seed = SEED, shrinking = ShrinkingMode.OFF)
  void theOrderOfKeysInTheSchemaChangesNothing(@ForAll long seed) {
    Random random = new Random(seed);
    RandomSchemas schemas = new RandomSchemas(random);
    ObjectNode schema = schemas.event();
    assertThat(Models.model(List.of(schemas.shuffled(schema))).columns())
        .isEqualTo(Models.model(List.of(schema)).columns());
  }

  @Property(tries = 500, seed = SEED, shrinking = ShrinkingMode.OFF)
  void aNewVersionOnlyAppends(@ForAll long seed) {
    RandomSchemas schemas = new RandomSchemas(new Random(seed));
    List<ObjectNode> documents = new ArrayList<>(List.of(schemas.event()));
    List<Column> before = propertyColumns(documents);
    for (int version = 1; version < 4; version++) {
      documents.add(schemas.event());
      List<Column> after = propertyColumns(documents);
      Evolution.requireAppended(before, after);
      before = after;
    }
  }

  @Property(tries = 500, seed = SEED, shrinking = ShrinkingMode.OFF)
  void namesAreUniqueAndLegal(@ForAll long seed) {
    RandomSchemas schemas = new RandomSchemas(new Random(seed));
    List<Column> columns = propertyColumns(List.of(schemas.event(), schemas.event()));
    Set<String> seen = new HashSet<>(Evolution.ENVELOPE);
    for (Column column : columns) {
      assertThat(column.name()).matches("[^ ,;{}()\\n\\t=]+").hasSizeLessThan(256);
      assertThat(seen.add(column.name().toLowerCase(Locale.ROOT))).as(column.name()).isTrue();
    }
  }

  private static List<Column> propertyColumns(List<ObjectNode> documents) {
    List<Column> columns = Models.model(documents).columns();
    return columns.subList(0, columns.size() - 1);
  }
}
