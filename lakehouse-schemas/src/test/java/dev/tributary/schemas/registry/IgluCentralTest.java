package dev.tributary.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.schemas.SharedData;
import dev.tributary.schemas.registry.Refusal.Kind;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** All 679 schemas of Iglu Central, and each one that is refused, by name. */
class IgluCentralTest {
  private static final List<String> UNDERSTATED =
      List.of(
          "com.snowplowanalytics.accelerators.travel/schedule_update/jsonschema/1-0-1",
          "com.snowplowanalytics.mobile/remote_config/jsonschema/1-0-1",
          "com.snowplowanalytics.snowplow.badrows/loader_runtime_error/jsonschema/1-0-1",
          "com.snowplowanalytics.snowplow.enrichments/bot_detection_enrichment_config/jsonschema/1-0-1",
          "com.snowplowanalytics.snowplow/client_session/jsonschema/1-0-1",
          "com.snowplowanalytics.snowplow/client_session/jsonschema/1-0-2");
  private static final List<String> TWICE_THE_SAME_KEY =
      List.of(
          "com.snowplowanalytics.snowplow/elasticsearch_enriched_event/jsonschema/1-0-1",
          "com.snowplowanalytics.snowplow/elasticsearch_enriched_event/jsonschema/2-0-0");
  private static final List<String> LEAVING_THE_DOCUMENT =
      List.of("com.snowplowanalytics.sauna.commands/command/jsonschema/1-0-0");

  @Test
  void accountsForEveryFile() {
    LoadReport report = SchemaRegistry.load(SharedData.folder("events/iglu-central"));
    Map<Kind, List<Refusal>> refusals = byKind(report.refusals());
    System.out.printf(
        "iglu-central: %d accepted, refused %s%n",
        report.registry().all().size(),
        new TreeMap<>(
            report.refusals().stream()
                .collect(Collectors.groupingBy(Refusal::kind, Collectors.counting()))));
    assertThat(report.registry().all()).hasSize(651);
    assertThat(refusals.keySet())
        .containsExactlyInAnyOrder(
            Kind.UNSUPPORTED_FORMAT,
            Kind.DUPLICATE_KEY,
            Kind.UNRESOLVED_REFERENCE,
            Kind.UNDERSTATED_LABEL);
    assertThat(refusals.get(Kind.UNSUPPORTED_FORMAT))
        .hasSize(19)
        .allMatch(refusal -> !refusal.key().format().equals("jsonschema"));
    assertThat(names(refusals.get(Kind.DUPLICATE_KEY))).isEqualTo(TWICE_THE_SAME_KEY);
    assertThat(names(refusals.get(Kind.UNRESOLVED_REFERENCE))).isEqualTo(LEAVING_THE_DOCUMENT);
    assertThat(names(refusals.get(Kind.UNDERSTATED_LABEL))).isEqualTo(UNDERSTATED);
    assertThat(report.warnings()).isEmpty();
  }

  @Test
  void reportsUnderstatedLabelsWithoutRefusingThemWhereAsked() {
    LoadReport report =
        SchemaRegistry.load(LabelPolicy.REPORT, SharedData.folder("events/iglu-central"));
    assertThat(report.registry().all()).hasSize(657);
    assertThat(report.refusals()).hasSize(22);
    assertThat(report.warnings()).hasSize(5).allMatch(w -> w.kind() == Kind.UNDERSTATED_LABEL);
  }

  private static Map<Kind, List<Refusal>> byKind(List<Refusal> refusals) {
    return refusals.stream().collect(Collectors.groupingBy(Refusal::kind));
  }

  private static List<String> names(List<Refusal> refusals) {
    Function<Refusal, String> name = refusal -> refusal.key().path();
    return refusals.stream().map(name).sorted().toList();
  }
}
