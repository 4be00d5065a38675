package dev.tributary.pipelines.job;

import java.net.URI;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * OpenLineage run events of one run: START, then COMPLETE, FAIL or ABORT.
 *
 * @see <a href="https://openlineage.io/spec/2-0-2/OpenLineage.json">OpenLineage 2-0-2</a>
 */
final class Lineage {
  static final URI PRODUCER = URI.create("https://github.com/tributary/tributary");
  private static final String SCHEMA =
      "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent";
  private static final String FACETS = "https://openlineage.io/spec/facets/";
  private static final String DEFAULT_NAMESPACE = "tributary";

  enum Type {
    START,
    COMPLETE,
    FAIL,
    ABORT
  }

  private final Optional<LineageSink> sink;
  private final String namespace;

  Lineage(Optional<LineageSink> sink, String namespace) {
    this.sink = sink;
    this.namespace = namespace;
  }

  /** Lineage as the run's configuration says, or else the {@code OPENLINEAGE_*} environment. */
  static Lineage of(RunConfig.OpenLineage config, Map<String, String> environment) {
    Optional<String> apiKey = config.apiKey().or(() -> env(environment, "OPENLINEAGE_API_KEY"));
    return new Lineage(
        config
            .url()
            .or(() -> env(environment, "OPENLINEAGE_URL"))
            .filter(url -> !url.isBlank())
            .map(url -> LineageSink.of(url, apiKey)),
        config
            .namespace()
            .or(() -> env(environment, "OPENLINEAGE_NAMESPACE"))
            .orElse(DEFAULT_NAMESPACE));
  }

  private static Optional<String> env(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  /** Sends one event, if there is where to. */
  void emit(
      Type type,
      RunRecord run,
      Collection<LineageDataset> inputs,
      Collection<LineageDataset> outputs)
      throws Exception {
    if (sink.isPresent()) {
      sink.get().send(Json.write(event(type, run, inputs, outputs)));
    }
  }

  Map<String, Object> event(
      Type type,
      RunRecord run,
      Collection<LineageDataset> inputs,
      Collection<LineageDataset> outputs) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("eventType", type.name());
    event.put("eventTime", run.endedAt().orElse(run.startedAt()).toString());
    event.put("producer", PRODUCER);
    event.put("schemaURL", SCHEMA);
    event.put("run", Map.of("runId", run.runId(), "facets", runFacets(run)));
    event.put("job", Map.of("namespace", namespace, "name", run.job(), "facets", jobFacets()));
    event.put("inputs", datasets(inputs));
    event.put("outputs", datasets(outputs));
    return event;
  }

  private static Map<String, Object> runFacets(RunRecord run) {
    Map<String, Object> facets = new LinkedHashMap<>();
    facets.put(
        "processing_engine",
        facet(
            "1-1-1/ProcessingEngineRunFacet",
            Map.of("name", "spark", "version", run.versions().getOrDefault("spark", "unknown"))));
    run.error()
        .ifPresent(
            message ->
                facets.put(
                    "errorMessage",
                    facet(
                        "1-0-1/ErrorMessageRunFacet",
                        Map.of("message", message, "programmingLanguage", "JAVA"))));
    return facets;
  }

  private static Map<String, Object> jobFacets() {
    return Map.of(
        "jobType",
        facet(
            "2-0-4/JobTypeJobFacet",
            Map.of("processingType", "BATCH", "integration", "TRIBUTARY", "jobType", "JOB")));
  }

  private static Map<String, Object> facet(String schema, Map<String, Object> fields) {
    Map<String, Object> facet = new LinkedHashMap<>(fields);
    String name = schema.substring(schema.indexOf('/') + 1);
    facet.put("_producer", PRODUCER);
    facet.put("_schemaURL", FACETS + schema + ".json#/$defs/" + name);
    return facet;
  }

  private static List<Map<String, String>> datasets(Collection<LineageDataset> datasets) {
    return datasets.stream()
        .map(dataset -> Map.of("namespace", dataset.namespace(), "name", dataset.name()))
        .toList();
  }
}
