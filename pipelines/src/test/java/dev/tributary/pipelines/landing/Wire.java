package dev.tributary.pipelines.landing;

import java.nio.charset.StandardCharsets;

/** Records as they come over the wire, each with the fate that the rules state for it. */
record Wire(String name, byte[] bytes, String fate) {
  static final String ACCEPTED = "accepted";
  static final String DUPLICATE = "duplicate";

  static Wire of(String name, String text, String fate) {
    return new Wire(name, text == null ? null : text.getBytes(StandardCharsets.UTF_8), fate);
  }

  /** A sound event with these members more, or instead of its own. */
  static String event(String id, String members) {
    String type = members.contains("\"type\"") ? "" : "\"type\": \"track\", ";
    String event = members.contains("\"event\"") ? "" : "\"event\": \"Thing Done\", ";
    String messageId = id == null ? "" : "\"messageId\": \"" + id + "\", ";
    return "{" + type + event + messageId + members + "}";
  }

  @Override
  public String toString() {
    return name + " is " + fate;
  }
}
