package dev.tributary.predictor.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.predictor.PredictorException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Asks one address for JSON; answers are bounded in time and size. */
final class RestConnection {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_BYTES = 64 << 20;
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  private final HttpClient http;
  private final String base;
  private final Duration patience;

  /**
   * @param address of the UI or the History Server, without a user, a query or a fragment: it
   *     stands in errors and in what is printed
   * @param patience how long an answer may take, its body too
   * @throws PredictorException usage, when it is no such HTTP address
   */
  RestConnection(String address, Duration patience) {
    if (!isHttp(address)) {
      throw refused(address);
    }
    this.http =
        HttpClient.newBuilder()
            .connectTimeout(patience)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    this.base =
        address.replaceFirst("/+$", "").replaceFirst("/api/v1(/applications)?$", "")
            + "/api/v1/applications";
    this.patience = patience;
  }

  private static boolean isHttp(String address) {
    try {
      URI uri = new URI(address);
      return uri.getHost() != null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
          && uri.getRawUserInfo() == null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null;
    } catch (URISyntaxException malformed) {
      return false;
    }
  }

  /** Does not repeat an address that may hold a secret. */
  private static PredictorException refused(String address) {
    boolean isSecret = address.chars().anyMatch(character -> "@?#".indexOf(character) >= 0);
    return PredictorException.usage(
        isSecret
            ? "The address of Spark's REST API cannot be used"
            : "%s is no HTTP address".formatted(address),
        isSecret
            ? "It has a user, a query or a fragment, which may be secret, so it is not repeated"
            : null,
        "name Spark's UI or History Server alone, e.g. http://localhost:18080");
  }

  /** Where the applications are. */
  String base() {
    return base;
  }

  /**
   * An answer that is needed.
   *
   * @param path behind the applications
   */
  JsonNode get(String path) {
    return find(path).orElseThrow(() -> unreachable(path, "It answered " + NOT_FOUND, null));
  }

  /** Empty where the API does not have it. */
  Optional<JsonNode> find(String path) {
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
        throw unreachable(path, "It answered " + status, null);
      }
      return Optional.of(JSON.readTree(answer.bytes()));
    } catch (JsonProcessingException e) {
      throw unreachable(path, "It answered something else than JSON", e);
    } catch (ExecutionException e) {
      boolean late = e.getCause() instanceof HttpTimeoutException; // before it was connected
      throw unreachable(path, late ? late() : String.valueOf(e.getCause()), e);
    } catch (TimeoutException e) {
      asked.cancel(true);
      throw unreachable(path, late(), e);
    } catch (IOException e) {
      throw unreachable(path, e.toString(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreachable(path, "The question was interrupted", e);
    }
  }

  private String late() {
    return "It did not answer within %s".formatted(patience);
  }

  PredictorException unreachable(String path, String reason, Throwable cause) {
    return new PredictorException(
        PredictorException.Kind.UNREACHABLE,
        "Spark's REST API at %s gave no answer".formatted(base + path),
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
