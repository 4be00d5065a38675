package dev.tributary.predictor.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.predictor.PredictorException;
import dev.tributary.predictor.eventlog.Event;
import dev.tributary.predictor.eventlog.LogCounts;
import dev.tributary.predictor.eventlog.LogName;
import dev.tributary.predictor.eventlog.LogSource;
import dev.tributary.predictor.feature.ApplicationBuilder;
import dev.tributary.predictor.feature.ApplicationRecord;
import dev.tributary.predictor.feature.ReadReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Asks Spark's REST API (Monitoring and Instrumentation, section REST API) for applications. Tasks
 * come in pages of a thousand, so memory does not grow with them. What the API does not tell stays
 * out: tasks that started together ({@code tasks_running_peak}), peaks of memory of single tasks
 * (those of whole executors are there), and tasks and queries that the UI has forgotten ({@code
 * spark.ui.retainedTasks}, {@code spark.sql.ui.retainedExecutions}).
 *
 * <p>An answer is waited for 30 seconds and may have up to {@value #MOST_BYTES} bytes. Nothing is
 * sent but the address: no token, no cookie.
 */
public final class SparkRestClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int MOST_BYTES = 64 << 20;
  private static final int PAGE = 1000;
  private static final int QUERY_PAGE = 100;
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int NAMED = 5;

  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(PATIENCE)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();
  private final String base;
  private final Duration patience;

  /**
   * @param address of the UI or the History Server, e.g. {@code http://localhost:4040}
   * @throws PredictorException usage, when it is no HTTP address
   */
  public SparkRestClient(String address) {
    this(address, PATIENCE);
  }

  SparkRestClient(String address, Duration patience) {
    if (!isHttp(address)) {
      throw PredictorException.usage(
          "%s is no HTTP address".formatted(address),
          null,
          "name Spark's UI or History Server, e.g. http://localhost:18080");
    }
    this.base =
        address.replaceFirst("/+$", "").replaceFirst("/api/v1(/applications)?$", "")
            + "/api/v1/applications";
    this.patience = patience;
  }

  private static boolean isHttp(String address) {
    try {
      URI uri = new URI(address);
      return uri.getHost() != null && uri.getScheme().matches("https?") && uri.getQuery() == null;
    } catch (URISyntaxException malformed) {
      return false;
    }
  }

  /** The ids of all applications there. */
  public List<String> applications() {
    JsonNode list = get("");
    if (!list.isArray()) {
      throw unreachable(URI.create(base), "It answered something else than applications", null);
    }
    List<String> ids = new ArrayList<>();
    list.forEach(application -> ids.add(application.path("id").asText()));
    return ids;
  }

  /**
   * Reads applications, each attempt handed over as if it were read from its event log. One that
   * cannot be read is named in the report and does not stop the others.
   *
   * @param asked ids; empty for all that are there
   * @throws PredictorException unreachable, when nothing answers; usage, when an id is not known
   */
  public ReadReport read(List<String> asked, Consumer<ApplicationRecord> taker) {
    List<String> there = applications();
    for (String id : asked) {
      if (!there.contains(id)) {
        throw PredictorException.usage(
            "There is no application %s at %s".formatted(id, base),
            "It has %d: %s%s"
                .formatted(
                    there.size(),
                    String.join(", ", there.subList(0, Math.min(NAMED, there.size()))),
                    there.size() > NAMED ? ", …" : ""),
            "name one of these");
      }
    }
    List<String> ids = asked.isEmpty() ? there : asked;
    List<String> unreadable = new ArrayList<>();
    long[] sums = new long[3];
    for (String id : ids) {
      try {
        for (ApplicationRecord attempt : attempts(id)) {
          sums[0]++;
          sums[1] += attempt.counts().taskEnds();
          sums[2] += attempt.counts().stagesCompleted();
          taker.accept(attempt);
        }
      } catch (PredictorException e) {
        unreadable.add(id + ": " + e.getMessage());
      }
    }
    return new ReadReport(
        ids.size(), 0, sums[0], 0, 0, 0, 0, 0, sums[1], sums[2], 0, 0, 0, unreadable);
  }

  /**
   * What every attempt of an application did.
   *
   * @throws PredictorException unreachable, when the API does not answer or does not know it
   */
  public List<ApplicationRecord> attempts(String id) {
    JsonNode application = get("/" + encoded(id));
    List<ApplicationRecord> attempts = new ArrayList<>();
    for (JsonNode attempt : application.path("attempts")) {
      attempts.add(attempt(application, attempt, id));
    }
    return attempts;
  }

  private ApplicationRecord attempt(JsonNode application, JsonNode attempt, String id) {
    Optional<String> number = Optional.ofNullable(attempt.path("attemptId").textValue());
    String path = "/" + encoded(id) + number.map(n -> "/" + encoded(n)).orElse("");
    LogName name = new LogName(id, number, !attempt.path("completed").asBoolean());
    ApplicationBuilder builder = new ApplicationBuilder(name);
    Counting counting = new Counting(builder);
    RestEvents events = new RestEvents(counting);
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
    return new ApplicationRecord(
        new LogSource(base + path, name, List.of(), false), builder.summary(), counting.counts());
  }

  private static String encoded(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Counts what an event log would have held. */
  private static final class Counting implements Consumer<Event> {
    private final Consumer<Event> taker;
    private long events;
    private long tasks;
    private long stages;

    Counting(Consumer<Event> taker) {
      this.taker = taker;
    }

    @Override
    public void accept(Event event) {
      events++;
      tasks += event instanceof Event.TaskEnd ? 1 : 0;
      stages += event instanceof Event.StageCompleted ? 1 : 0;
      taker.accept(event);
    }

    LogCounts counts() {
      return new LogCounts(0, events, tasks, stages, 0, 0, 0, 0, 0, Optional.empty(), true);
    }
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

  /** None before Spark 3, whose API has no queries, and where Spark SQL is not there. */
  private void queries(String path, RestEvents events) {
    int size = QUERY_PAGE;
    for (int offset = 0; size == QUERY_PAGE; offset += QUERY_PAGE) {
      Optional<JsonNode> page =
          find(
              "%s/sql?details=true&planDescription=false&offset=%d&length=%d"
                  .formatted(path, offset, QUERY_PAGE));
      page.ifPresent(queries -> queries.forEach(events::query));
      size = page.map(JsonNode::size).orElse(0);
    }
  }

  private JsonNode get(String path) {
    return find(path)
        .orElseThrow(() -> unreachable(URI.create(base + path), "It answered " + NOT_FOUND, null));
  }

  /** Empty where the API does not have it. */
  private Optional<JsonNode> find(String path) {
    URI uri = URI.create(base + path);
    Answer answer = new Answer();
    CompletableFuture<HttpResponse<Void>> asked =
        http.sendAsync(
            HttpRequest.newBuilder(uri).header("Accept", "application/json").build(),
            HttpResponse.BodyHandlers.ofByteArrayConsumer(answer));
    try {
      int status = asked.get(patience.toMillis(), TimeUnit.MILLISECONDS).statusCode();
      if (status == NOT_FOUND) {
        return Optional.empty();
      }
      if (status != OK) {
        throw unreachable(uri, "It answered " + status, null);
      }
      return Optional.of(JSON.readTree(answer.bytes()));
    } catch (JsonProcessingException e) {
      throw unreachable(uri, "It answered something else than JSON", e);
    } catch (ExecutionException e) {
      throw unreachable(uri, String.valueOf(e.getCause()), e);
    } catch (TimeoutException e) {
      asked.cancel(true);
      throw unreachable(uri, "It did not answer within %s".formatted(patience), e);
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

  /** An answer as it comes, up to the most that is taken. */
  private static final class Answer implements Consumer<Optional<byte[]>> {
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();

    @Override
    public void accept(Optional<byte[]> part) {
      part.ifPresent(taken::writeBytes);
      if (taken.size() > MOST_BYTES) {
        throw new IllegalStateException("its answer is larger than %d bytes".formatted(MOST_BYTES));
      }
    }

    byte[] bytes() {
      return taken.toByteArray();
    }
  }
}
