package dev.tributary.pipelines.landing;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What an event says about itself, whatever wire form it came in. Mutable and reused: one for each
 * reading task, {@link #clear()}ed between events. Times are microseconds since the epoch, {@link
 * #ABSENT} where the event gives none.
 */
final class Envelope {
  static final long ABSENT = Long.MIN_VALUE;

  String messageId;
  boolean messageIdDerived;
  String type;
  String event;
  String anonymousId;
  String userId;
  String groupId;
  String previousId;
  String source;
  String schemaUri;
  long timestamp;
  long originalTimestamp;
  long sentAt;
  long receivedAt;

  /** Properties or traits; null when the event has none. */
  ObjectNode data;

  /** The JSON text of {@code context}, a slice of {@link #bytes}. */
  byte[] bytes;

  int contextFrom;
  int contextLength;

  /**
   * Members of the envelope that have no column, as one JSON object text; null when there are none.
   */
  StringBuilder rest;

  String sessionId;
  String ip;
  String pagePath;

  /** Takes a context that does not stand in the input as it is. */
  void context(byte[] json) {
    bytes = json;
    contextFrom = 0;
    contextLength = json.length;
  }

  /** Adds a member that has no column; {@code json} is its value. */
  void rest(String name, String json) {
    rest = rest == null ? new StringBuilder("{") : rest.append(',');
    rest.append('"').append(JsonStringEncoder.getInstance().quoteAsString(name)).append("\":");
    rest.append(json);
  }

  /** Adds all members of an object. */
  void rest(ObjectNode members) {
    members.properties().forEach(member -> rest(member.getKey(), member.getValue().toString()));
  }

  void clear() {
    messageId =
        type = event = anonymousId = userId = groupId = previousId = source = schemaUri = null;
    sessionId = ip = pagePath = null;
    messageIdDerived = false;
    timestamp = originalTimestamp = sentAt = receivedAt = ABSENT;
    data = null;
    rest = null;
    bytes = null;
    contextFrom = contextLength = 0;
  }
}
