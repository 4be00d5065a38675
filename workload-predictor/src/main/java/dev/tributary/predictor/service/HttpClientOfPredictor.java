package dev.tributary.predictor.service;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.predictor.PredictorException;
import dev.tributary.predictor.service.Refusal.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;

/**
 * A service over HTTP. What it refuses is the same {@link Refusal} as in process.
 *
 * @param url without a trailing slash
 */
record HttpClientOfPredictor(URI url, String token) implements PredictorClient {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(30);

  @Override
  public JsonNode recommend(JsonNode request) {
    return post("/v1/recommend", request);
  }

  @Override
  public JsonNode predict(JsonNode request) {
    return post("/v1/predict", request);
  }

  @Override
  public JsonNode feedback(JsonNode outcome) {
    return post("/v1/feedback", outcome);
  }

  @Override
  public JsonNode addRuns(JsonNode runs) {
    return post("/v1/runs", runs);
  }

  private JsonNode post(String path, JsonNode body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(ANSWER)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString()))
            .build();
    try {
      HttpResponse<String> answer =
          HttpClient.newBuilder()
              .connectTimeout(CONNECT)
              .build()
              .send(request, BodyHandlers.ofString());
      JsonNode json = RunJson.MAPPER.readTree(answer.body());
      if (answer.statusCode() / 100 != 2) {
        throw refusal(json);
      }
      return json;
    } catch (IOException e) {
      throw unreachable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreachable(e);
    }
  }

  private static Refusal refusal(JsonNode problem) {
    Kind kind =
        Arrays.stream(Kind.values())
            .filter(one -> one.type().equals(problem.path("type").asText()))
            .findFirst()
            .orElse(Kind.FAILED);
    return Refusal.of(kind, problem.path("detail").asText());
  }

  private PredictorException unreachable(Exception cause) {
    return new PredictorException(
        PredictorException.Kind.UNREACHABLE,
        "The predictor at " + url + " gave no answer",
        cause.toString(),
        "start it (tributary predictor serve) and check the address",
        cause);
  }

  @Override
  public String toString() {
    return "the predictor at " + url;
  }
}
