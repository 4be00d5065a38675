package dev.tributary.pipelines.landing;

/** A configuration or a lake that landing cannot work with; the message says what to mend. */
public final class LandingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LandingException(String message) {
    super(message);
  }
}
