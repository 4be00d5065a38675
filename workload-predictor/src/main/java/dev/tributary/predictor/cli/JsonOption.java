package dev.tributary.predictor.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Option;

/** {@code --json}, and how trees of values are written. */
final class JsonOption {
  static final ObjectMapper MAPPER = new ObjectMapper();

  @Option(names = "--json", description = "Print one JSON object in place of text")
  private boolean asked;

  boolean isAsked() {
    return asked;
  }

  /** A tree of values in one line. */
  static String written(Object tree) {
    try {
      return MAPPER.writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of values could not be written", e);
    }
  }

  /** JSON has neither infinities nor NaN; what is not finite is null. */
  static Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }

  /** Puts what is {@link #finite}. */
  static void putFinite(ObjectNode node, String name, double value) {
    node.put(name, finite(value));
  }
}
