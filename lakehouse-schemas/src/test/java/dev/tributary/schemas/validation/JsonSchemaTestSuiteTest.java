package dev.tributary.schemas.validation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaException;
import dev.tributary.schemas.SharedData;
import dev.tributary.schemas.dialect.AssertedFormats;
import dev.tributary.schemas.dialect.Dialect;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The official suite of JSON Schema: all that is mandatory in each draft, and the optional files
 * for the formats that are asserted. Remote documents of the suite are handed over as texts;
 * nothing is fetched.
 */
class JsonSchemaTestSuiteTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @ParameterizedTest
  @CsvSource({
    "DRAFT_4, draft4",
    "DRAFT_6, draft6",
    "DRAFT_7, draft7",
    "DRAFT_2019_09, draft2019-09",
    "DRAFT_2020_12, draft2020-12"
  })
  void passesForADraft(Dialect dialect, String folder) throws IOException {
    Path suite = SharedData.folder("events/json-schema-test-suite");
    Map<String, String> remotes = remotes(suite.resolve("remotes"));
    Set<String> failing = new TreeSet<>();
    int cases = 0;
    for (Path file : files(suite.resolve("tests").resolve(folder))) {
      for (JsonNode group : MAPPER.readTree(file.toFile())) {
        for (JsonNode test : group.get("tests")) {
          cases++;
          if (!agrees(dialect, group.get("schema"), test, remotes)) {
            failing.add(
                suite.resolve("tests").relativize(file)
                    + " | "
                    + group.get("description").textValue()
                    + " | "
                    + test.get("description").textValue());
          }
        }
      }
    }
    Set<String> excepted = exceptions(folder);
    System.out.printf("%s: %d cases, %d excepted by name%n", dialect, cases, excepted.size());
    assertThat(cases).as("cases run").isGreaterThan(900);
    assertThat(failing)
        .as("failing cases are exactly those in json-schema-suite-exceptions.txt")
        .isEqualTo(excepted);
  }

  private static Set<String> exceptions(String folder) throws IOException {
    Set<String> exceptions = new TreeSet<>();
    try (InputStream in =
        JsonSchemaTestSuiteTest.class.getResourceAsStream("/json-schema-suite-exceptions.txt")) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        String[] parts = line.split(" \\| ", 2);
        if (!line.startsWith("#") && parts.length == 2) {
          if (List.of(parts[0].split(" ")).contains(folder)) {
            exceptions.add(folder + "/" + parts[1]);
          }
        }
      }
    }
    return exceptions;
  }

  private static boolean agrees(
      Dialect dialect, JsonNode schema, JsonNode test, Map<String, String> remotes) {
    boolean valid;
    try {
      valid =
          JsonValidator.compile(declared(schema, dialect), remotes)
              .validate(test.get("data"))
              .isEmpty();
    } catch (JsonSchemaException refused) {
      return false;
    }
    return valid == test.get("valid").booleanValue();
  }

  private static JsonNode declared(JsonNode schema, Dialect dialect) {
    return schema.isObject() && !schema.has("$schema")
        ? ((ObjectNode) schema.deepCopy()).put("$schema", dialect.uri())
        : schema;
  }

  private static List<Path> files(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> list = Files.list(folder)) {
      list.filter(file -> file.toString().endsWith(".json")).sorted().forEach(files::add);
    }
    for (String format : AssertedFormats.names()) {
      Path file = folder.resolve("optional/format/" + format + ".json");
      if (Files.exists(file)) {
        files.add(file);
      }
    }
    files.add(folder.resolve("optional/ecmascript-regex.json"));
    return files;
  }

  private static Map<String, String> remotes(Path folder) throws IOException {
    Map<String, String> remotes = new HashMap<>();
    try (Stream<Path> walk = Files.walk(folder)) {
      walk.filter(file -> file.toString().endsWith(".json"))
          .forEach(
              file -> remotes.put("http://localhost:1234/" + folder.relativize(file), text(file)));
    }
    return remotes;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
