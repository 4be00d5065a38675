package dev.tributary.predictor.service.http;

import static io.javalin.http.HandlerType.GET;
import static io.javalin.http.HandlerType.POST;
import static io.javalin.http.HandlerType.PUT;

import dev.tributary.predictor.service.PredictorApi;
import dev.tributary.predictor.service.http.Route.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Every route there is. The OpenAPI document must name the same ones; a test compares. */
final class Routes {
  private static final int MOST_LISTED = 1_000;
  private static final int USUAL = 100;

  private Routes() {}

  static List<Route> of(PredictorApi api, Metrics metrics) {
    String page = resource("page.html");
    String openApi = resource("openapi.json");
    return List.of(
        // Open: they tell nothing of jobs.
        new Route(GET, "/", true, x -> new Answer(200, "text/html; charset=utf-8", page)),
        new Route(GET, "/openapi.json", true, x -> new Answer(200, Answer.JSON, openApi)),
        new Route(GET, "/health", true, x -> healthy(api)),
        new Route(
            GET, "/metrics", false, x -> new Answer(200, Metrics.TYPE, metrics.text(api.jobs()))),
        new Route(POST, "/v1/runs", false, x -> Answer.created(api.addRuns(x.only().body()))),
        new Route(GET, "/v1/runs", false, x -> runs(api, x)),
        new Route(POST, "/v1/predict", false, x -> Answer.json(api.predict(x.only().body()))),
        new Route(POST, "/v1/recommend", false, x -> Answer.json(api.recommend(x.only().body()))),
        new Route(POST, "/v1/feedback", false, x -> Answer.json(api.feedback(x.only().body()))),
        new Route(GET, "/v1/predictions", false, x -> predictions(api, x)),
        new Route(
            GET,
            "/v1/explanation",
            false,
            x -> Answer.json(api.explanation(x.only("prediction").required("prediction")))),
        new Route(GET, "/v1/accuracy", false, x -> accuracy(api, x)),
        new Route(
            GET,
            "/v1/frontier",
            false,
            x -> Answer.json(api.frontier(x.only("job").required("job")))),
        new Route(GET, "/v1/jobs", false, x -> jobs(api, x)),
        new Route(PUT, "/v1/mode", false, x -> Answer.json(api.setMode(x.only().body()))),
        new Route(
            GET, "/v1/models", false, x -> Answer.json(api.models(x.only("job").required("job")))),
        new Route(POST, "/v1/challenge", false, x -> Answer.json(api.challenge(x.only().body()))),
        new Route(POST, "/v1/promote", false, x -> Answer.json(api.promote(x.only().body()))),
        new Route(POST, "/v1/rollback", false, x -> Answer.json(api.rollback(x.only().body()))));
  }

  // Asks the store, so that a full or lost disk shows.
  private static Answer healthy(PredictorApi api) {
    api.ping();
    return new Answer(200, Answer.JSON, "{\"status\":\"up\"}");
  }

  private static Answer jobs(PredictorApi api, Exchange exchange) {
    exchange.only();
    return Answer.json(api.jobs());
  }

  private static Answer runs(PredictorApi api, Exchange exchange) {
    exchange.only("job", "before", "limit");
    return Answer.json(
        api.runs(
            exchange.required("job"),
            exchange.number("before", Long.MAX_VALUE, 1, Long.MAX_VALUE),
            (int) exchange.number("limit", USUAL, 1, MOST_LISTED)));
  }

  private static Answer predictions(PredictorApi api, Exchange exchange) {
    exchange.only("job", "state", "limit");
    return Answer.json(
        api.predictions(
            exchange.required("job"),
            exchange.optional("state", "all"),
            (int) exchange.number("limit", USUAL, 1, MOST_LISTED)));
  }

  private static Answer accuracy(PredictorApi api, Exchange exchange) {
    exchange.only("job", "series");
    return Answer.json(
        api.accuracy(
            exchange.required("job"), (int) exchange.number("series", USUAL, 0, MOST_LISTED)));
  }

  private static String resource(String name) {
    try (InputStream in = Routes.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
