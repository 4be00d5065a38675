package dev.tributary.pipelines.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * What a load generator has sent, after the broker confirmed all of it.
 *
 * @param sent deliveries; the sum of the next three
 * @param unique different valid events
 * @param duplicates deliveries of an event sent before, over the same partition
 * @param broken deliveries that are not valid events
 * @param bytes sum of the values' lengths
 * @param seconds from the first send to the last confirmation
 * @param maxLagMillis by how much the latest delivery missed its schedule; 0 without one
 */
public record LoadReport(
    long sent,
    long unique,
    long duplicates,
    long broken,
    long bytes,
    double seconds,
    long maxLagMillis) {

  private static final ObjectMapper JSON = new ObjectMapper();

  public LoadReport {
    if (sent != unique + duplicates + broken) {
      throw new IllegalArgumentException(
          "sent %d is not %d + %d + %d".formatted(sent, unique, duplicates, broken));
    }
  }

  /** Deliveries a second. */
  public double rate() {
    return sent / seconds;
  }

  String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a load report is always JSON", e);
    }
  }

  static LoadReport ofJson(String json) {
    try {
      return JSON.readValue(json, LoadReport.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a load report: " + json, e);
    }
  }
}
