package dev.tributary.predictor.service;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.predictor.PredictorException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What somebody who runs jobs asks of the predictor, be it a service or a store in a directory. The
 * forms are those of the OpenAPI document.
 */
public interface PredictorClient {
  /** Chooses a cluster for a run and writes its prediction down. */
  JsonNode recommend(JsonNode request);

  /** Predicts a run on a cluster and writes that down. */
  JsonNode predict(JsonNode request);

  /** Closes a prediction by its outcome. */
  JsonNode feedback(JsonNode outcome);

  /** Adds a run that was not predicted. */
  JsonNode addRuns(JsonNode runs);

  /**
   * The predictor at a place. Nothing is opened yet; a directory is opened for each question only,
   * so that many jobs can take turns.
   *
   * @param place an {@code http(s)://} URL or a local directory
   * @param tokenFile the file of the service's token; empty for a directory
   */
  static PredictorClient at(String place, Optional<Path> tokenFile) {
    if (!place.matches("https?://.*")) {
      return new StoreClient(Path.of(place));
    }
    Path file =
        tokenFile.orElseThrow(
            () ->
                PredictorException.usage(
                    "The predictor at " + place + " asks for a token",
                    null,
                    "name its file by --predictor-token-file"));
    try {
      return new HttpClientOfPredictor(
          URI.create(place.replaceAll("/+$", "")), Files.readString(file).strip());
    } catch (java.io.IOException e) {
      throw new PredictorException(
          PredictorException.Kind.USAGE,
          "The token file " + file + " cannot be read",
          e.toString(),
          "name a readable file",
          e);
    }
  }

  /** A store in a directory. */
  record StoreClient(Path directory) implements PredictorClient {
    private static final Duration WAIT = Duration.ofSeconds(10);

    @Override
    public JsonNode recommend(JsonNode request) {
      try (PredictorApi api = open()) {
        return api.recommend(request);
      }
    }

    @Override
    public JsonNode predict(JsonNode request) {
      try (PredictorApi api = open()) {
        return api.predict(request);
      }
    }

    @Override
    public JsonNode feedback(JsonNode outcome) {
      try (PredictorApi api = open()) {
        return api.feedback(outcome);
      }
    }

    @Override
    public JsonNode addRuns(JsonNode runs) {
      try (PredictorApi api = open()) {
        return api.addRuns(runs);
      }
    }

    private PredictorApi open() {
      String holder = "process " + ProcessHandle.current().pid() + ", for a moment";
      return PredictorApi.open(directory, Optional.empty(), holder, WAIT);
    }
  }
}
