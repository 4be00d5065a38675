package dev.tributary.pipelines.landing;

import dev.tributary.pipelines.job.ConfigBinder;
import dev.tributary.pipelines.job.JobContext;
import dev.tributary.pipelines.lake.LakeFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;

/** A lake of a test with schemas and a tracking plan of its own, and the landing job on it. */
final class LandingLake {
  private static final String VENDOR = "com.test";

  private final Path directory;
  private final LakeFixture fixture;
  private final StringBuilder plan = new StringBuilder("vendor: " + VENDOR + "\nevents:\n");

  LandingLake(Path directory) {
    this.directory = directory;
    this.fixture = LakeFixture.empty(directory);
  }

  /** Adds a schema, named {@code name} in version 1-0-0, with the properties given as JSON. */
  LandingLake schema(String name, String properties, String... required) throws IOException {
    String requires =
        required.length == 0 ? "" : ", \"required\": [\"" + String.join("\", \"", required) + "\"]";
    return document(
        VENDOR, name, "1-0-0", "\"type\": \"object\", \"properties\": " + properties + requires);
  }

  LandingLake document(String vendor, String name, String version, String body) throws IOException {
    Path folder = directory.resolve("schemas/" + vendor + "/" + name + "/jsonschema");
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve(version),
        """
        {"$schema": "http://iglucentral.com/schemas/com.snowplowanalytics.self-desc/schema/jsonschema/1-0-0#",
         "self": {"vendor": "%s", "name": "%s", "format": "jsonschema", "version": "%s"}, %s}
        """
            .formatted(vendor, name, version, body));
    return this;
  }

  /** Maps a track event's name to a schema. */
  LandingLake event(String event, String schema) {
    plan.append(
        "  - {event: '%s', schema: 'iglu:%s/%s/jsonschema/1'}\n".formatted(event, VENDOR, schema));
    return this;
  }

  /** Maps every call of a type to a schema. */
  LandingLake type(String type, String schema) {
    plan.append(
        "  - {type: %s, schema: 'iglu:%s/%s/jsonschema/1'}\n".formatted(type, VENDOR, schema));
    return this;
  }

  /** The directory of an input, made where it is not there. */
  Path folder(String name) throws IOException {
    return Files.createDirectories(directory.resolve(name));
  }

  /** Writes a mapping file. */
  String mapping(String name, String yaml) throws IOException {
    return Files.writeString(directory.resolve(name + ".yaml"), yaml).toString();
  }

  /** Runs the job and gives its closing values. */
  Map<String, Object> land(String... settings) throws Exception {
    LandingConfig config = config(settings);
    JobContext context = JobContext.of(lake(), fixture.spark());
    return Map.copyOf(new LandingJob().run(context, config).values());
  }

  LandingConfig config(String... settings) throws IOException {
    Path planFile = Files.writeString(directory.resolve("plan.yaml"), plan);
    List<String> all = new ArrayList<>(List.of(settings));
    all.add("schemas=" + folder("schemas"));
    all.add("plan=" + planFile);
    return ConfigBinder.bind(LandingConfig.class, all.toArray(String[]::new));
  }

  LakeFixture fixture() {
    return fixture;
  }

  String lake() {
    return fixture.lake().root().toString();
  }

  List<Row> sql(String query) {
    return fixture.sql(query).collectAsList();
  }

  /** The query's rows as text, e.g. {@code [1,a]}. */
  List<String> rows(String query) {
    return sql(query).stream().map(Row::toString).toList();
  }
}
