package dev.tributary.schemas.types;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.schemas.registry.EventSchema;
import dev.tributary.schemas.registry.LabelPolicy;
import dev.tributary.schemas.registry.SchemaKey;
import dev.tributary.schemas.registry.SchemaRegistry;
import dev.tributary.schemas.validation.JsonValidator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The mapping over the 679 public schemas of Iglu Central. */
class IgluCentralMappingTest {
  private static final Path SCHEMAS =
      Path.of(System.getProperty("tributary.data", "."), "events", "iglu-central", "schemas");

  @BeforeAll
  static void requireSchemas() {
    boolean there = Files.isDirectory(SCHEMAS);
    if (!there) {
      System.out.println("skipped: no " + SCHEMAS);
    }
    Assumptions.assumeTrue(there, "no " + SCHEMAS);
  }

  @Test
  void everySchemaMapsToUniqueColumnsThatOnlyGrow() throws IOException {
    int schemas = 0;
    for (List<EventSchema> versions : models(everyFile())) {
      List<Column> before = List.of();
      for (int i = 1; i <= versions.size(); i++) {
        List<Column> all = ModelSchema.of(versions.subList(0, i)).columns();
        List<Column> columns = all.subList(0, all.size() - 1);
        Evolution.requireAppended(before, columns);
        requireUnique(columns);
        before = columns;
        schemas++;
      }
    }
    assertThat(schemas).isEqualTo(679);
  }

  private static void requireUnique(List<Column> columns) {
    Set<String> seen = new HashSet<>(Evolution.ENVELOPE);
    for (Column column : columns) {
      assertThat(column.name()).matches("[\\p{L}_][\\p{L}\\p{M}\\p{Nd}_]*");
      assertThat(seen.add(column.name().toLowerCase(Locale.ROOT))).as(column.name()).isTrue();
    }
  }

  @Test
  void randomEventsOfEveryAcceptedSchemaComeBackFromTheirColumns() {
    SchemaRegistry registry = SchemaRegistry.load(LabelPolicy.REPORT, SCHEMAS).registry();
    Random random = new Random(20260101);
    int valid = 0;
    for (List<EventSchema> versions : models(registry.all())) {
      ModelSchema model = ModelSchema.of(versions);
      for (EventSchema schema : versions) {
        valid += roundTrips(model, schema, random);
      }
    }
    System.out.println("iglu-central: " + valid + " valid random events came back");
    assertThat(valid).isGreaterThan(1_000);
  }

  private static int roundTrips(ModelSchema model, EventSchema schema, Random random) {
    JsonValidator validator = JsonValidator.compile(schema);
    RandomInstances instances = new RandomInstances(schema.document(), random);
    int valid = 0;
    for (int i = 0; i < 10; i++) {
      ObjectNode event = instances.event();
      if (validator.validate(event).isEmpty()) {
        MappingPropertiesTest.requireRoundTrip(model, model.decoder(schema.key().version()), event);
        valid++;
      }
    }
    return valid;
  }

  private static List<EventSchema> everyFile() throws IOException {
    try (Stream<Path> files = Files.walk(SCHEMAS)) {
      List<EventSchema> schemas = new ArrayList<>();
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        JsonNode document = new JsonMapper().readTree(file.toFile());
        String key = SCHEMAS.relativize(file).toString().replace('\\', '/');
        schemas.add(new EventSchema(SchemaKey.parse(key), document, file));
      }
      return schemas;
    }
  }

  private static Collection<List<EventSchema>> models(List<EventSchema> schemas) {
    return schemas.stream()
        .sorted((one, other) -> one.key().compareTo(other.key()))
        .collect(
            Collectors.groupingBy(
                schema -> schema.key().path().replaceFirst("-\\d+-\\d+$", ""),
                TreeMap::new,
                Collectors.toList()))
        .values();
  }
}
