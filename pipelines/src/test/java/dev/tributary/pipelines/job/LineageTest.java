package dev.tributary.pipelines.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineageTest {
  private static final Path SPEC =
      Path.of(System.getProperty("tributary.data", "absent"), "lineage/openlineage-spec/spec");
  private static final RunRecord STARTED =
      RunRecord.started(
          RunId.next(),
          "landing",
          Instant.parse("2026-01-31T10:00:00.123456Z"),
          Map.of(),
          Map.of("spark", "4.0.1"));
  private static final RunRecord FAILED =
      STARTED.ended(
          RunRecord.Status.FAILED,
          ExitCode.UNREACHABLE,
          Instant.parse("2026-01-31T10:00:01Z"),
          Map.of(),
          Optional.of("The broker is away."));

  @TempDir Path directory;

  @Test
  void everyEventHoldsAgainstThePublishedSchemaAndItsFacets() throws IOException {
    assumeTrue(Files.isDirectory(SPEC), () -> "skipped: " + SPEC + " is missing");
    Lineage lineage = new Lineage(Optional.empty(), "tributary");
    for (Lineage.Type type : Lineage.Type.values()) {
      RunRecord run = type == Lineage.Type.START ? STARTED : FAILED;
      Map<String, Object> event =
          lineage.event(
              type,
              run,
              List.of(LineageDataset.topic("one:9092,two:9092", "events")),
              List.of(LineageDataset.table("/data/lake", "silver.activity")));
      JsonNode json = Json.MAPPER.readTree(Json.write(event));
      assertThat(schema("OpenLineage.json").validate(json)).isEmpty();
      JsonNode facets = json.at("/run/facets");
      assertThat(schema("facets/ProcessingEngineRunFacet.json").validate(facets)).isEmpty();
      assertThat(schema("facets/ErrorMessageRunFacet.json").validate(facets)).isEmpty();
      assertThat(schema("facets/JobTypeJobFacet.json").validate(json.at("/job/facets"))).isEmpty();
    }
  }

  private static JsonSchema schema(String file) throws IOException {
    JsonSchemaFactory factory =
        JsonSchemaFactory.getInstance(
            SpecVersion.VersionFlag.V202012,
            builder ->
                builder.schemaMappers(
                    mappers ->
                        mappers
                            .mapPrefix(
                                "https://openlineage.io/spec/2-0-2/", SPEC.toUri().toString())
                            .mapPrefix(
                                "https://openlineage.io/spec/facets/", SPEC.toUri() + "facets/")));
    return factory.getSchema(
        URI.create("https://openlineage.io/test/" + file),
        Json.MAPPER.readTree(SPEC.resolve(file).toFile()));
  }

  @Test
  void appendsALineAnEventToAFile() throws Exception {
    Path file = directory.resolve("deep/events.jsonl");
    Lineage lineage = lineage("file:" + file);
    lineage.emit(Lineage.Type.START, STARTED, List.of(), List.of());
    lineage.emit(Lineage.Type.FAIL, FAILED, List.of(), List.of());
    assertThat(Files.readAllLines(file))
        .extracting(line -> Json.MAPPER.readTree(line).get("eventType").asText())
        .containsExactly("START", "FAIL");
  }

  @Test
  void postsEachEventAndFailsWhenItIsRefused() throws Exception {
    BlockingQueue<String> received = new ArrayBlockingQueue<>(4);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/api/v1/lineage",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          boolean refuse = body.contains("\"FAIL\"");
          received.add(exchange.getRequestHeaders().getFirst("Authorization") + " " + body);
          exchange.sendResponseHeaders(refuse ? 503 : 201, -1);
          exchange.close();
        });
    server.start();
    try {
      Lineage lineage = lineage("http://localhost:" + server.getAddress().getPort());
      lineage.emit(Lineage.Type.START, STARTED, List.of(), List.of());
      assertThat(received.poll(5, TimeUnit.SECONDS))
          .startsWith("Bearer key ")
          .contains(STARTED.runId());
      assertThatThrownBy(() -> lineage.emit(Lineage.Type.FAIL, FAILED, List.of(), List.of()))
          .hasMessageContaining("HTTP status 503");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void takesWhereToSendFromTheEnvironmentUnlessConfigured() {
    Map<String, String> environment = Map.of("OPENLINEAGE_URL", "gopher://nowhere");
    RunConfig.OpenLineage nothing =
        new RunConfig.OpenLineage(Optional.empty(), Optional.empty(), Optional.empty());
    assertThatThrownBy(() -> Lineage.of(nothing, environment))
        .isInstanceOf(JobException.class)
        .hasMessageContaining("'gopher://nowhere' is neither http(s)://… nor file:…");
  }

  @Test
  void namesDataSetsAsOpenLineageDoes() {
    assertThat(LineageDataset.table("s3a://bucket/some/lake/", "silver.activity"))
        .isEqualTo(new LineageDataset("s3a://bucket", "some/lake/silver/activity"));
    assertThat(LineageDataset.table("file:/data/lake", "ops.job_runs"))
        .isEqualTo(new LineageDataset("file", "/data/lake/ops/job_runs"));
  }

  private static Lineage lineage(String url) {
    return Lineage.of(
        new RunConfig.OpenLineage(Optional.of(url), Optional.empty(), Optional.of("key")),
        Map.of());
  }
}
