package dev.tributary.pipelines.landing;

import dev.tributary.pipelines.job.ConfigBinder;
import dev.tributary.pipelines.job.JobContext;
import dev.tributary.pipelines.job.JobResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** A small registry with its tracking plan, and landing runs against it. */
final class LandingLab {
  private static final String ORDER =
      """
      "total": {"type": "number"},
      "lines": {"type": "array", "items": {"type": "object",
        "properties": {"sku": {"type": "string"}}}}""";
  private static final String ORDER_WITH_COUPON =
      """
      "total": {"type": "number"},
      "lines": {"type": "array", "items": {"type": "object",
        "properties": {"sku": {"type": "string"}, "gift": {"type": "boolean"}}}},
      "coupon": {"type": "string"}""";

  private final Path directory;

  private LandingLab(Path directory) {
    this.directory = directory;
  }

  /** Writes order, view and signup, version 1-0-0 each, and the plan. */
  static LandingLab in(Path directory) throws IOException {
    LandingLab lab = new LandingLab(directory);
    lab.schema("order", "1-0-0", ORDER);
    lab.schema(
        "view", "1-0-0", "\"page\": {\"type\": \"string\"}, \"seconds\": {\"type\": \"integer\"}");
    lab.schema(
        "signup",
        "1-0-0",
        "\"plan\": {\"type\": \"string\"},"
            + " \"when\": {\"type\": \"string\", \"format\": \"date-time\"}");
    Files.writeString(
        lab.plan(),
        """
        vendor: test.lab
        unknown_events: reject
        events:
          - event: Order
            schema: iglu:test.lab/order/jsonschema/1
          - event: View
            schema: iglu:test.lab/view/jsonschema/1
          - event: Signup
            schema: iglu:test.lab/signup/jsonschema/1
        """);
    return lab;
  }

  /** Order 1-0-1: a column more, and a field more inside the structs of an array. */
  void addOrderVersion() throws IOException {
    schema("order", "1-0-1", ORDER_WITH_COUPON);
  }

  /** Puts a schema in the registry, whole at once. */
  Path schema(String name, String version, String properties) throws IOException {
    Path file = registry().resolve("test.lab/" + name + "/jsonschema/" + version);
    Files.createDirectories(file.getParent());
    Path whole = Files.createTempFile(directory, "schema", ".json");
    Files.writeString(
        whole,
        """
        {"$schema": "https://json-schema.org/draft/2020-12/schema",
         "self": {"vendor": "test.lab", "name": "%s", "format": "jsonschema", "version": "%s"},
         "type": "object", "properties": {%s}}
        """
            .formatted(name, version, properties));
    return Files.move(whole, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
  }

  Path registry() {
    return directory.resolve("registry");
  }

  Path plan() {
    return directory.resolve("plan.yaml");
  }

  /** The arguments of a landing run. */
  List<String> arguments(String servers, String topic, String... more) {
    List<String> arguments = new ArrayList<>();
    arguments.add("topics=" + topic);
    arguments.add("kafka.bootstrap.servers=" + servers);
    arguments.add("schemas=" + registry());
    arguments.add("plan=" + plan());
    arguments.addAll(List.of(more));
    return arguments;
  }

  /** Lands what there is, in this process. */
  JobResult land(SparkSession spark, Path lake, String servers, String topic, String... more)
      throws Exception {
    return land(spark, lake.toString(), servers, topic, more);
  }

  /** The same at any place that a lake can be. */
  JobResult land(SparkSession spark, String lake, String servers, String topic, String... more)
      throws Exception {
    String[] arguments = arguments(servers, topic, more).toArray(String[]::new);
    LandingConfig config = ConfigBinder.bind(LandingConfig.class, arguments);
    return new LandingJob().run(JobContext.of(lake, spark), config);
  }
}
