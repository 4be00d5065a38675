package dev.tributary.schemas.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.schemas.SharedData;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class IgluTransitionsTest {
  @Test
  void transitions() throws Exception {
    Path iglu = SharedData.folder("events/iglu-central");
    ObjectMapper m = new ObjectMapper();
    int n = 0;
    for (JsonNode pair : m.readTree(iglu.resolve("evolution_pairs.json").toFile())) {
      String name = pair.get("schema").asText();
      if (!name.endsWith("jsonschema")) continue;
      JsonNode from =
          m.readTree(
              iglu.resolve("schemas").resolve(name).resolve(pair.get("from").asText()).toFile());
      JsonNode to =
          m.readTree(
              iglu.resolve("schemas").resolve(name).resolve(pair.get("to").asText()).toFile());
      Comparison c = CompatibilityChecker.compare(from, to);
      n++;
      boolean compat = c.requiredLabel() == Label.ADDITION;
      boolean theirs = pair.get("structurally").asText().equals("compatible");
      String flag =
          (compat != theirs ? "DIFFERS " : "")
              + (c.understatedBy(Label.valueOf(pair.get("declared").asText()))
                  ? "UNDERSTATED "
                  : "");
      System.out.println(
          flag
              + name
              + " "
              + pair.get("from").asText()
              + " "
              + pair.get("to").asText()
              + " "
              + pair.get("declared").asText()
              + " "
              + pair.get("structurally").asText()
              + " -> "
              + c.requiredLabel());
      for (Change ch : c.changes()) System.out.println("    " + ch);
    }
    assertThat(n).isEqualTo(142);
  }
}
