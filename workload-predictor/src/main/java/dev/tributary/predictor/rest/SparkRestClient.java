package dev.tributary.predictor.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.predictor.PredictorException;
import dev.tributary.predictor.eventlog.LogName;
import dev.tributary.predictor.feature.ApplicationBuilder;
import dev.tributary.predictor.feature.ApplicationSummary;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Asks Spark's REST API (Monitoring and Instrumentation, section REST API) for applications. Tasks
 * come in pages of a thousand, so memory does not grow with them. What the API does not tell stays
 * out: tasks that started together ({@code tasks_running_peak}), peaks of memory of single tasks
 * (those of whole executors are there), and tasks and queries that the UI has forgotten ({@code
 * spark.ui.retainedTasks}, {@code spark.sql.ui.retainedExecutions}).
 */
public final class SparkRestClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int PAGE = 1000;
  private static final int QUERY_PAGE = 100;
  private static final int OK = 200;

  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(PATIENCE)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();
  private final String base;

  /**
   * @param address of the UI or the History Server, e.g. {@code http://localhost:4040}
   * @throws PredictorException usage, when it is no HTTP address
   */
  public SparkRestClient(String address) {
    if (!address.matches("https?://.+")) {
      throw PredictorException.usage(
          "%s is no HTTP address".formatted(address),
          null,
          "name Spark's UI or History Server, e.g. http://localhost:18080");
    }
    base = address.replaceFirst("/+$", "").replaceFirst("/api/v1$", "") + "/api/v1/applications";
  }

  /** The ids of all applications there. */
  public List<String> applications() {
    List<String> ids = new ArrayList<>();
    get("").forEach(application -> ids.add(application.path("id").asText()));
    return ids;
  }

  /**
   * What every attempt of an application did.
   *
   * @throws PredictorException unreachable, when the API does not answer or does not know it
   */
  public List<ApplicationSummary> attempts(String id) {
    JsonNode application = get("/" + id);
    List<ApplicationSummary> attempts = new ArrayList<>();
    for (JsonNode attempt : application.path("attempts")) {
      Optional<String> number = Optional.ofNullable(attempt.path("attemptId").textValue());
      String path = "/" + id + number.map(n -> "/" + n).orElse("");
      boolean running = !attempt.path("completed").asBoolean();
      ApplicationBuilder builder = new ApplicationBuilder(new LogName(id, number, running));
      RestEvents events = new RestEvents(builder);
      events.environment(get(path + "/environment"));
      events.start(application, attempt);
      get(path + "/allexecutors").forEach(events::executor);
      get(path + "/jobs").forEach(events::job);
      for (JsonNode stage : get(path + "/stages")) {
        tasks(path, stage, events);
        events.stage(stage);
      }
      queries(path, events);
      events.end(attempt);
      attempts.add(builder.summary());
    }
    return attempts;
  }

  private void tasks(String path, JsonNode stage, RestEvents events) {
    String list =
        "%s/stages/%d/%d/taskList?sortBy=ID&length=%d&offset="
            .formatted(path, stage.path("stageId").asInt(), stage.path("attemptId").asInt(), PAGE);
    int size = PAGE;
    for (int offset = 0; size == PAGE; offset += PAGE) {
      JsonNode page = get(list + offset);
      page.forEach(task -> events.task(stage, task));
      size = page.size();
    }
  }

  private void queries(String path, RestEvents events) {
    int size = QUERY_PAGE;
    for (int offset = 0; size == QUERY_PAGE; offset += QUERY_PAGE) {
      JsonNode page =
          get(
              "%s/sql?details=true&planDescription=false&offset=%d&length=%d"
                  .formatted(path, offset, QUERY_PAGE));
      page.forEach(events::query);
      size = page.size();
    }
  }

  private JsonNode get(String path) {
    URI uri = URI.create(base + path);
    HttpRequest request =
        HttpRequest.newBuilder(uri).timeout(PATIENCE).header("Accept", "application/json").build();
    try {
      HttpResponse<InputStream> response =
          http.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        if (response.statusCode() != OK) {
          throw unreachable(uri, "It answered " + response.statusCode(), null);
        }
        return JSON.readTree(body);
      }
    } catch (IOException e) {
      throw unreachable(uri, e.toString(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreachable(uri, "The question was interrupted", e);
    }
  }

  private static PredictorException unreachable(URI uri, String reason, Throwable cause) {
    return new PredictorException(
        PredictorException.Kind.UNREACHABLE,
        "Spark's REST API at %s gave no answer".formatted(uri),
        reason,
        "check the address, that spark.ui.enabled is true, and that the application is known there",
        cause);
  }
}
