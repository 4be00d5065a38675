package dev.tributary.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.schemas.SharedData;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class IgluCentralTest {
  @Test
  void loads() {
    Path schemas = SharedData.folder("events/iglu-central");
    LoadReport report = SchemaRegistry.load(schemas);
    report.refusals().forEach(r -> System.out.println(r.kind() + " " + r.describe()));
    System.out.println(report.registry().all().size());
    assertThat(report.registry().all().size() + report.refusals().size()).isEqualTo(679);
  }
}
