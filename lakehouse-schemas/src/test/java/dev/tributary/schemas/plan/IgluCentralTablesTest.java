package dev.tributary.schemas.plan;

import dev.tributary.schemas.registry.LabelPolicy;
import dev.tributary.schemas.registry.SchemaRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class IgluCentralTablesTest {
  private static final Path SCHEMAS =
      Path.of(System.getProperty("tributary.data", "."), "events", "iglu-central", "schemas");

  @Test
  void noTwoSchemasOfIgluCentralShareATable() {
    boolean there = Files.isDirectory(SCHEMAS);
    if (!there) {
      System.out.println("skipped: no " + SCHEMAS);
    }
    Assumptions.assumeTrue(there, "no " + SCHEMAS);
    SchemaRegistry registry = SchemaRegistry.load(LabelPolicy.REPORT, SCHEMAS).registry();
    TrackingPlan.empty("com.shop").verify(registry);
  }
}
