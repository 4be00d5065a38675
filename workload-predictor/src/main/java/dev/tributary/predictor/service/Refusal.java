package dev.tributary.predictor.service;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A request that is not carried out, and nothing of it stored. Becomes a problem document (RFC
 * 9457) over HTTP.
 */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is wrong, by its HTTP status. */
  public enum Kind {
    MALFORMED_JSON(400, "The body is not JSON"),
    INVALID_REQUEST(400, "The request does not have the form that is asked for"),
    UNAUTHORIZED(401, "A valid token is needed"),
    UNKNOWN_JOB(404, "The job is not known"),
    UNKNOWN_PREDICTION(404, "The prediction is not known"),
    NOT_FOUND(404, "There is no such resource"),
    METHOD_NOT_ALLOWED(405, "The resource does not take this method"),
    CONFLICT(409, "The request contradicts what is stored"),
    TOO_LARGE(413, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "The body must be application/json"),
    INVALID_VALUE(422, "A value is out of its range"),
    UNKNOWN_INPUT(422, "The job's runs have no such input"),
    INVALID_PRICE(422, "A price is not usable"),
    MISSING_PRICE(422, "A price is missing"),
    UNKNOWN_MACHINE_TYPE(422, "The machine type is not known"),
    CONTRADICTORY_CONSTRAINTS(422, "The constraints contradict each other"),
    FAILED(500, "The service failed"),
    UNAVAILABLE(503, "Something that the service needs cannot be reached");

    private final int status;
    private final String title;

    Kind(int status, String title) {
      this.status = status;
      this.title = title;
    }

    /** The HTTP status. */
    public int status() {
      return status;
    }

    /** One sentence, the same for every occurrence. */
    public String title() {
      return title;
    }

    /** The URI of the problem type. */
    public String type() {
      return "urn:tributary:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private final Kind kind;
  private final String pointer;

  Refusal(Kind kind, String pointer, String detail) {
    super(detail);
    this.kind = Objects.requireNonNull(kind, "kind");
    this.pointer = pointer;
  }

  /** A refusal that no single value of the body is to blame for. */
  public static Refusal of(Kind kind, String detail) {
    return new Refusal(kind, null, detail);
  }

  /**
   * A refusal because of one value.
   *
   * @param pointer JSON pointer (RFC 6901) to the value in the body, or the query parameter's name
   */
  public static Refusal at(Kind kind, String pointer, String detail) {
    return new Refusal(kind, pointer, detail);
  }

  /** What kind. */
  public Kind kind() {
    return kind;
  }

  /** Where in the body the value is. */
  public Optional<String> pointer() {
    return Optional.ofNullable(pointer);
  }
}
