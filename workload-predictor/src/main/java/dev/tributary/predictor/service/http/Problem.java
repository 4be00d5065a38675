package dev.tributary.predictor.service.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.predictor.PredictorException;
import dev.tributary.predictor.service.Refusal;
import dev.tributary.predictor.service.Refusal.Kind;
import dev.tributary.predictor.service.RunJson;
import java.util.UUID;
import org.eclipse.jetty.http.HttpStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Problem documents (RFC 9457): every answer that is an error is one. */
final class Problem {
  static final String TYPE = "application/problem+json";
  private static final Logger LOG = LoggerFactory.getLogger(Problem.class);

  private Problem() {}

  /** What a request gets that failed; what the caller cannot mend is logged under an id. */
  static Route.Answer of(Exception error) {
    if (error instanceof Refusal refusal) {
      return document(refusal.kind(), refusal.getMessage(), refusal.pointer().orElse(null), null);
    }
    if (error instanceof PredictorException known) {
      Kind kind =
          switch (known.kind()) {
            case USAGE -> Kind.INVALID_VALUE;
            case UNREACHABLE -> Kind.UNAVAILABLE;
            case FAILED -> Kind.FAILED;
          };
      return kind.status() < 500
          ? document(kind, known.getMessage(), null, null)
          : logged(kind, known.getMessage(), error);
    }
    return logged(
        Kind.FAILED, "The service made an error; nothing of the request was stored.", error);
  }

  /**
   * What a request gets that came to no route.
   *
   * @param reason the HTTP server's; null where it gives none
   */
  static Route.Answer ofStatus(int status, String reason) {
    String title = HttpStatus.getMessage(status);
    ObjectNode json =
        RunJson.MAPPER
            .createObjectNode()
            .put("type", "about:blank")
            .put("title", title)
            .put("status", status)
            .put("detail", reason == null || status >= 500 ? title : reason);
    return new Route.Answer(status, TYPE, json.toString());
  }

  private static Route.Answer logged(Kind kind, String detail, Exception error) {
    String id = "urn:uuid:" + UUID.randomUUID();
    LOG.error("{}", id, error);
    return document(kind, detail + " The log has it as " + id + ".", null, id);
  }

  private static Route.Answer document(Kind kind, String detail, String pointer, String instance) {
    ObjectNode json =
        RunJson.MAPPER
            .createObjectNode()
            .put("type", kind.type())
            .put("title", kind.title())
            .put("status", kind.status())
            .put("detail", detail);
    if (instance != null) {
      json.put("instance", instance);
    }
    if (pointer != null) {
      json.putArray("errors").addObject().put("detail", detail).put("pointer", pointer);
    }
    return new Route.Answer(kind.status(), TYPE, json.toString());
  }
}
