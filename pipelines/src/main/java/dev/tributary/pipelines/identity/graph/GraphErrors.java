package dev.tributary.pipelines.identity.graph;

/** What a caller of this package can do wrong: problem, value, fix. */
final class GraphErrors {
  private GraphErrors() {}

  static IllegalArgumentException confidence(String rule, double confidence) {
    return new IllegalArgumentException(
        "confidence %s of an edge by rule '%s' is outside (0, 1]; give the probability that it is right"
            .formatted(confidence, rule));
  }

  static IllegalArgumentException observations(String rule, long first, long last, long count) {
    return new IllegalArgumentException(
        ("an edge by rule '%s' was seen %d times from %d to %d µs; give at least one observation and"
                + " a last one that is not before the first")
            .formatted(rule, count, first, last));
  }

  static IllegalArgumentException decisionOnOne(Decision.Kind kind, Identifier one) {
    return new IllegalArgumentException(
        "%s of %s with itself; name two different identifiers".formatted(kind, one));
  }

  static IllegalArgumentException rule(String what, Object value, String fix) {
    return new IllegalArgumentException("%s is %s; %s".formatted(what, value, fix));
  }
}
