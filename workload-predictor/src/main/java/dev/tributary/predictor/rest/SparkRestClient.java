package dev.tributary.predictor.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.predictor.PredictorException;
import dev.tributary.predictor.eventlog.Event;
import dev.tributary.predictor.eventlog.LogCounts;
import dev.tributary.predictor.eventlog.LogName;
import dev.tributary.predictor.eventlog.LogSource;
import dev.tributary.predictor.feature.ApplicationBuilder;
import dev.tributary.predictor.feature.ApplicationRecord;
import dev.tributary.predictor.feature.ReadReport;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Asks Spark's REST API (Monitoring and Instrumentation, section REST API) for applications. Tasks
 * come in pages of a thousand, so memory does not grow with them. What the API does not tell stays
 * out: tasks that started together ({@code tasks_running_peak}), peaks of memory of single tasks
 * (those of whole executors are there), and tasks and queries that the UI has forgotten ({@code
 * spark.ui.retainedTasks}, {@code spark.sql.ui.retainedExecutions}).
 *
 * <p>An answer is waited for 30 seconds and may have up to 64 MiB. Nothing is sent but the address:
 * no token, no cookie.
 */
public final class SparkRestClient {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int PAGE = 1000;
  private static final int QUERY_PAGE = 100;
  private static final int NAMED = 5;

  private final RestConnection api;

  /**
   * @param address of the UI or the History Server, e.g. {@code http://localhost:4040}
   * @throws PredictorException usage, when it is no HTTP address
   */
  public SparkRestClient(String address) {
    this(address, PATIENCE);
  }

  SparkRestClient(String address, Duration patience) {
    this.api = new RestConnection(address, patience);
  }

  /** The ids of all applications there. */
  public List<String> applications() {
    JsonNode list = api.get("");
    if (!list.isArray()) {
      throw api.unreachable("", "It answered something else than applications", null);
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
            "There is no application %s at %s".formatted(id, api.base()),
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
        ids.size(), 0, 0, sums[0], 0, 0, 0, 0, 0, sums[1], sums[2], 0, 0, 0, unreadable);
  }

  /**
   * What every attempt of an application did.
   *
   * @throws PredictorException unreachable, when the API does not answer or does not know it
   */
  public List<ApplicationRecord> attempts(String id) {
    JsonNode application = api.get("/" + encoded(id));
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
    events.environment(api.get(path + "/environment"));
    events.start(application, attempt);
    api.get(path + "/allexecutors").forEach(events::executor);
    api.get(path + "/jobs").forEach(events::job);
    for (JsonNode stage : api.get(path + "/stages")) {
      tasks(path, stage, events);
      events.stage(stage);
    }
    queries(path, events);
    events.end(attempt);
    return new ApplicationRecord(
        new LogSource(api.base() + path, name, List.of(), false),
        builder.summary(),
        counting.counts());
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
      JsonNode page = api.get(list + offset);
      page.forEach(task -> events.task(stage, task));
      size = page.size();
    }
  }

  /** None before Spark 3, whose API has no queries, and where Spark SQL is not there. */
  private void queries(String path, RestEvents events) {
    int size = QUERY_PAGE;
    for (int offset = 0; size == QUERY_PAGE; offset += QUERY_PAGE) {
      Optional<JsonNode> page =
          api.find(
              "%s/sql?details=true&planDescription=false&offset=%d&length=%d"
                  .formatted(path, offset, QUERY_PAGE));
      page.ifPresent(queries -> queries.forEach(events::query));
      size = page.map(JsonNode::size).orElse(0);
    }
  }
}
