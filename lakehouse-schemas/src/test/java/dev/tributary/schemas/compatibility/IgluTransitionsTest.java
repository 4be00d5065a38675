package dev.tributary.schemas.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.schemas.SharedData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The 144 transitions of Iglu Central against a simple structural comparison made elsewhere; where
 * this checker says otherwise, the transition is listed with the reason.
 */
class IgluTransitionsTest {
  private static final String FORMAT_LIMITS =
      "maxLength came where the asserted format already limited the length";
  private static final String OBJECT_BRANCH =
      "required came together with the kind object, which was not admitted before";
  private static final String SNOWPLOW = "com.snowplowanalytics.snowplow";

  /** Structurally breaking, found compatible. */
  private static final Map<String, String> COMPATIBLE =
      Map.ofEntries(
          Map.entry("com.sendgrid/bounce 2-0-0 3-0-0", FORMAT_LIMITS),
          Map.entry("com.sendgrid/click 2-0-0 3-0-0", FORMAT_LIMITS),
          Map.entry("com.sendgrid/deferred 2-0-0 3-0-0", FORMAT_LIMITS),
          Map.entry("com.sendgrid/delivered 2-0-0 3-0-0", FORMAT_LIMITS),
          Map.entry("com.sendgrid/dropped 2-0-0 3-0-0", FORMAT_LIMITS),
          Map.entry("com.sendgrid/group_resubscribe 2-0-0 3-0-0", FORMAT_LIMITS),
          Map.entry("com.sendgrid/group_unsubscribe 2-0-0 3-0-0", FORMAT_LIMITS),
          Map.entry("com.sendgrid/open 2-0-0 3-0-0", FORMAT_LIMITS),
          Map.entry("com.sendgrid/processed 2-0-0 3-0-0", FORMAT_LIMITS),
          Map.entry("com.sendgrid/spamreport 2-0-0 3-0-0", FORMAT_LIMITS),
          Map.entry("com.sendgrid/unsubscribe 2-0-0 3-0-0", FORMAT_LIMITS),
          Map.entry(
              "nl.basjes/yauaa_context 1-0-4 1-0-5",
              "maxLength came where an enum of shorter values went"),
          Map.entry(SNOWPLOW + "/browser_context 1-0-0 2-0-0", "every integer is a number"),
          Map.entry(SNOWPLOW + ".storage/redshift_config 2-0-0 2-1-0", OBJECT_BRANCH),
          Map.entry(SNOWPLOW + ".storage/postgresql_config 1-0-1 1-1-0", OBJECT_BRANCH));

  /** Structurally compatible, found breaking. */
  private static final Map<String, String> BREAKING =
      Map.of(
          "com.marketo/event 1-0-0 2-0-0",
          "format date-time is new on a property",
          SNOWPLOW + "/elasticsearch_enriched_event 1-0-1 2-0-0",
          "pattern is new on timestamps",
          SNOWPLOW + "/recoveries 2-0-0 3-0-0",
          "branches of oneOf were closed",
          SNOWPLOW + "/recoveries 3-0-0 4-0-0",
          "values of an enum under an array are gone");

  /** Labels that promise more than the change keeps → what they should be. */
  private static final Map<String, Label> UNDERSTATED =
      Map.of(
          "com.snowplowanalytics.accelerators.travel/schedule_update 1-0-0 1-0-1",
          Label.REVISION,
          "com.snowplowanalytics.mobile/remote_config 1-0-0 1-0-1",
          Label.REVISION,
          SNOWPLOW + "/client_session 1-0-0 1-0-1",
          Label.REVISION,
          SNOWPLOW + ".badrows/loader_runtime_error 1-0-0 1-0-1",
          Label.MODEL,
          SNOWPLOW + ".enrichments/bot_detection_enrichment_config 1-0-0 1-0-1",
          Label.MODEL);

  /** Not JSON Schema, so the registry refuses both versions. */
  private static final Set<String> OF_OTHER_FORMATS =
      Set.of(
          "com.snowplowanalytics.dataflowrunner/ClusterConfig/avro 1-0-0 1-1-0",
          "com.snowplowanalytics.dataflowrunner/PlaybookConfig/avro 1-0-0 1-0-1",
          "com.snowplowanalytics.sauna.responders/SendgridConfig/avro 1-0-0 1-0-1");

  private final ObjectMapper mapper = new ObjectMapper();

  @Test
  void agreesOnEveryTransitionButTheListedOnes() throws IOException {
    Path iglu = SharedData.folder("events/iglu-central");
    Set<String> compatible = new TreeSet<>();
    Set<String> breaking = new TreeSet<>();
    Set<String> otherFormats = new TreeSet<>();
    Map<String, Label> understated = new TreeMap<>();
    JsonNode pairs = mapper.readTree(iglu.resolve("evolution_pairs.json").toFile());
    for (JsonNode pair : pairs) {
      String name = name(pair);
      if (!pair.get("schema").asText().endsWith("/jsonschema")) {
        otherFormats.add(name);
        continue;
      }
      Comparison comparison =
          CompatibilityChecker.compare(document(iglu, pair, "from"), document(iglu, pair, "to"));
      boolean expected = pair.get("structurally").asText().equals("compatible");
      boolean found = comparison.requiredLabel() == Label.ADDITION;
      if (found != expected) {
        (found ? compatible : breaking).add(name);
      }
      if (comparison.understatedBy(Label.valueOf(pair.get("declared").asText()))) {
        understated.put(name, comparison.requiredLabel());
      }
    }
    assertThat(pairs).hasSize(144);
    assertThat(otherFormats).isEqualTo(OF_OTHER_FORMATS);
    assertThat(compatible).isEqualTo(COMPATIBLE.keySet());
    assertThat(breaking).isEqualTo(BREAKING.keySet());
    assertThat(understated).isEqualTo(UNDERSTATED);
  }

  private static String name(JsonNode pair) {
    return pair.get("schema").asText().replace("/jsonschema", "")
        + " "
        + pair.get("from").asText()
        + " "
        + pair.get("to").asText();
  }

  private JsonNode document(Path iglu, JsonNode pair, String version) throws IOException {
    Path folder = iglu.resolve("schemas").resolve(pair.get("schema").asText());
    return mapper.readTree(folder.resolve(pair.get(version).asText()).toFile());
  }
}
