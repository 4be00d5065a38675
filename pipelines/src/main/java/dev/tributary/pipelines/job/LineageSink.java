package dev.tributary.pipelines.job;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/** Where OpenLineage events go. */
interface LineageSink {

  /** Hands over one event; throws when it could not be. */
  void send(String event) throws IOException, InterruptedException;

  /** A sink for {@code http(s)://…} (a POST each) or {@code file:…} (a line each). */
  static LineageSink of(String url, Optional<String> apiKey) {
    if (url.startsWith("file:")) {
      return new ToFile(Path.of(url.substring("file:".length()).replaceFirst("^//(?=/)", "")));
    }
    if (url.startsWith("http://") || url.startsWith("https://")) {
      return new ToHttp(endpoint(url), apiKey);
    }
    throw JobErrors.usage(
        "The lineage URL '" + url + "' is neither http(s)://… nor file:…",
        null,
        "set openlineage.url or OPENLINEAGE_URL to one that is, or to nothing");
  }

  private static URI endpoint(String url) {
    URI base = URI.create(url);
    boolean bare = base.getPath() == null || base.getPath().isEmpty() || base.getPath().equals("/");
    return bare ? base.resolve("/api/v1/lineage") : base;
  }

  /** One event a line, appended. */
  record ToFile(Path file) implements LineageSink {
    @Override
    public void send(String event) throws IOException {
      if (file.toAbsolutePath().getParent() != null) {
        Files.createDirectories(file.toAbsolutePath().getParent());
      }
      Files.writeString(
          file,
          event + "\n",
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
  }

  /** One POST an event, as the OpenLineage HTTP transport does it. */
  record ToHttp(URI endpoint, Optional<String> apiKey) implements LineageSink {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    @Override
    public void send(String event) throws IOException, InterruptedException {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(endpoint)
              .timeout(TIMEOUT)
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(event));
      apiKey.ifPresent(key -> request.header("Authorization", "Bearer " + key));
      HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
      int status =
          client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status >= 300) {
        throw new IOException("HTTP status " + status + " from " + endpoint);
      }
    }
  }
}
