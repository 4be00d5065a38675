package dev.tributary.pipelines.identity.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ConfigInferenceTest {
  @Test
  void columnsAreTakenForWhatLinkingInPlainTextTakesThemFor() {
    List<String> columns =
        List.of("id", "cluster", "given_name", "street_number", "born", "email", "town", "sex");
    List<String[]> rows = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      rows.add(
          new String[] {
            "r" + i,
            "entity-" + i / 2,
            "ann" + (char) ('a' + i % 26),
            Integer.toString(i),
            "19" + (10 + i % 90) + "0" + (1 + i % 9) + "13",
            "ann" + i + "@example.com",
            "Town" + i,
            i % 2 == 0 ? "f" : "m"
          });
    }
    EncodingConfig config = ConfigInference.of(new CsvTable(Path.of("people.csv"), columns, rows));

    Map<String, FieldKind> kinds =
        config.fields().stream().collect(Collectors.toMap(Field::name, Field::kind));
    assertThat(config.id()).contains("id");
    assertThat(config.ignored()).as("a truth is never compared").containsOnlyKeys("cluster");
    assertThat(kinds)
        .containsOnly(
            Map.entry("given_name", FieldKind.NAME),
            Map.entry("street_number", FieldKind.CODE),
            Map.entry("born", FieldKind.DATE),
            Map.entry("email", FieldKind.IDENTIFIER),
            Map.entry("town", FieldKind.NAME),
            Map.entry("sex", FieldKind.CATEGORY));
  }
}
