package dev.tributary.pipelines.identity.matching;

/** Records, a configuration or a model that cannot be used; the message says what to do. */
public final class MatchingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MatchingException(String message) {
    super(message);
  }
}
