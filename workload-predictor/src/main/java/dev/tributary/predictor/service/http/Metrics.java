package dev.tributary.predictor.service.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** Metrics in Prometheus' text format, version 0.0.4. Names begin with tributary_predictor. */
final class Metrics {
  static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";
  private static final int MOST_JOBS = 1_000;

  private final Map<String, LongAdder> requests = new ConcurrentSkipListMap<>();
  private final Map<String, LongAdder> nanos = new ConcurrentSkipListMap<>();

  void count(String method, String route, int status, long took) {
    String where = "method=\"" + method + "\",route=\"" + route + "\"";
    requests
        .computeIfAbsent(where + ",status=\"" + status + "\"", key -> new LongAdder())
        .increment();
    nanos.computeIfAbsent(where, key -> new LongAdder()).add(took);
  }

  /**
   * All metrics.
   *
   * @param jobs as the operation jobs answers; the first 1,000 by name are told one by one
   */
  String text(ArrayNode jobs) {
    StringBuilder text = new StringBuilder();
    head(text, "requests_total", "counter", "Requests by route and status.");
    requests.forEach((labels, count) -> line(text, "requests_total", labels, count.sum()));
    head(text, "request_seconds_total", "counter", "Time spent on requests, seconds.");
    nanos.forEach((labels, sum) -> line(text, "request_seconds_total", labels, sum.sum() / 1e9));
    head(text, "jobs", "gauge", "Jobs that are known.");
    line(text, "jobs", "", jobs.size());
    each(text, jobs, "runs", "/runs", "Runs that are known.");
    each(text, jobs, "predictions_open", "/open", "Predictions without an outcome.");
    each(text, jobs, "predictions_orphaned", "/orphans", "Predictions open for over a day.");
    each(text, jobs, "predictions_scored", "/scored", "Predictions that error is told from.");
    each(text, jobs, "mape_ratio", "/mape", "Rolling mean absolute error over the actual runtime.");
    each(text, jobs, "coverage_ratio", "/coverage", "Rolling share of runtimes in their interval.");
    each(text, jobs, "drift_alarm", "/drift/alarm", "1 while the drift alarm stands.");
    each(text, jobs, "model_version", "/model_version", "Version of the champion.");
    return text.toString();
  }

  private static void each(
      StringBuilder text, ArrayNode jobs, String name, String pointer, String help) {
    head(text, name, "gauge", help);
    for (int i = 0; i < Math.min(MOST_JOBS, jobs.size()); i++) {
      JsonNode value = jobs.get(i).at(pointer);
      if (!value.isMissingNode()) {
        double number = value.isBoolean() ? (value.booleanValue() ? 1 : 0) : value.doubleValue();
        line(text, name, "job=\"" + escaped(jobs.get(i).path("job").asText()) + "\"", number);
      }
    }
  }

  private static void head(StringBuilder text, String name, String type, String help) {
    text.append("# HELP tributary_predictor_").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE tributary_predictor_").append(name).append(' ').append(type).append('\n');
  }

  private static void line(StringBuilder text, String name, String labels, double value) {
    text.append("tributary_predictor_").append(name);
    if (!labels.isEmpty()) {
      text.append('{').append(labels).append('}');
    }
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
    text.append(' ')
        .append(whole ? Long.toString((long) value) : String.format(Locale.ROOT, "%s", value))
        .append('\n');
  }

  private static String escaped(String label) {
    return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
