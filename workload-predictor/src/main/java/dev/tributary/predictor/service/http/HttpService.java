package dev.tributary.predictor.service.http;

import dev.tributary.predictor.PredictorException;
import dev.tributary.predictor.service.PredictorApi;
import dev.tributary.predictor.service.Refusal;
import dev.tributary.predictor.service.Refusal.Kind;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinBindException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * The service over HTTP. Everything that tells of jobs asks for the bearer token; {@code /health},
 * {@code /openapi.json} and the empty page do not. Without TLS: on any other address than loopback
 * it belongs behind a proxy that has it.
 */
public final class HttpService implements AutoCloseable {
  /** The largest body that is read, bytes. */
  static final int LARGEST_BODY = 8 << 20;

  private static final String POLICY =
      "default-src 'none'; script-src '%s'; style-src '%s'; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final Javalin app;
  private final PredictorApi api;
  private final Token token;
  private final Metrics metrics = new Metrics();
  private final String policy;

  private HttpService(PredictorApi api, Token token) {
    this.api = api;
    this.token = token;
    this.policy = PagePolicy.of(POLICY);
    this.app =
        Javalin.create(
            config -> {
              config.showJavalinBanner = false;
              config.startupWatcherEnabled = false;
              config.http.prefer405over404 = true;
              config.http.generateEtags = false;
              config.http.maxRequestSize = LARGEST_BODY;
              config.jetty.modifyServer(server -> server.setErrorHandler(new ServerRefusals()));
            });
    routes();
  }

  /**
   * Starts to listen.
   *
   * @param api the service; closed with this
   * @param port 0 for any that is free
   * @param tokenFile the user's token; empty to make and keep one in {@code directory}/token
   */
  public static HttpService start(
      PredictorApi api, String host, int port, Path directory, Optional<Path> tokenFile) {
    Objects.requireNonNull(host, "host");
    Token token =
        tokenFile.map(Token::read).orElseGet(() -> Token.readOrMake(directory.resolve("token")));
    HttpService service = new HttpService(api, token);
    try {
      service.app.start(host, port);
    } catch (JavalinBindException e) {
      service.app.stop();
      throw new PredictorException(
          PredictorException.Kind.UNREACHABLE,
          "The service cannot listen on %s:%d".formatted(host, port),
          String.valueOf(e.getCause() == null ? e.getMessage() : e.getCause().getMessage()),
          "choose another --port (0 for any that is free) or stop who has it",
          e);
    }
    api.describe("the service at http://%s:%d".formatted(host, service.port()));
    return service;
  }

  /** The port that it listens on. */
  public int port() {
    return app.port();
  }

  private void routes() {
    for (Route route : Routes.of(api, metrics)) {
      app.addHttpHandler(route.method(), route.path(), context -> answer(route, context));
    }
    app.exception(
        HttpResponseException.class,
        (error, context) -> send(context, Problem.of(refusal(error)), "other"));
    app.exception(Exception.class, (error, context) -> send(context, Problem.of(error), "other"));
  }

  private static Refusal refusal(HttpResponseException error) {
    return switch (error.getStatus()) {
      case 404 -> Refusal.of(Kind.NOT_FOUND, "There is nothing here; /openapi.json has the paths.");
      case 405 -> Refusal.of(Kind.METHOD_NOT_ALLOWED, "See /openapi.json for the methods.");
      case 413 -> Refusal.of(Kind.TOO_LARGE, "The body is larger than " + LARGEST_BODY + " bytes.");
      default -> Refusal.of(Kind.INVALID_REQUEST, error.getMessage());
    };
  }

  private void answer(Route route, Context context) {
    long start = System.nanoTime();
    Route.Answer answer;
    try {
      if (!route.open() && !token.isIn(context.header("Authorization"))) {
        context.header("WWW-Authenticate", "Bearer realm=\"tributary predictor\"");
        throw Refusal.of(
            Kind.UNAUTHORIZED,
            "Send 'Authorization: Bearer <token>' with the token that the service was started with.");
      }
      answer = route.answering().answer(new Exchange(context, LARGEST_BODY));
    } catch (Exception e) {
      answer = Problem.of(e);
    }
    send(context, answer, route.path());
    metrics.count(route.method().name(), route.path(), answer.status(), System.nanoTime() - start);
  }

  private void send(Context context, Route.Answer answer, String route) {
    if (route.equals("other")) {
      metrics.count(context.method().name(), "other", answer.status(), 0);
    }
    context.status(answer.status()).contentType(answer.contentType());
    context.header("Cache-Control", "no-store");
    context.header("X-Content-Type-Options", "nosniff");
    context.header("Referrer-Policy", "no-referrer");
    context.header("Content-Security-Policy", policy);
    context.result(answer.body());
  }

  @Override
  public void close() {
    app.stop();
    api.close();
  }
}
