package dev.tributary.pipelines.landing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One event of a PostHog library as an {@link Envelope}: {@code $identify}, {@code $create_alias},
 * {@code $groupidentify}, {@code $pageview} and {@code $screen} are the calls of the Segment spec
 * that mean the same, everything else is a track call. Person properties ({@code $set} over {@code
 * $set_once}) are the traits of an identify call. A distinct id is a user, unless the event says
 * that it makes no person profile.
 *
 * <p>Source: PostHog capture API (posthog.com/docs/api/capture).
 */
final class PostHogEvent {
  private PostHogEvent() {}

  /** Whether an object is such an event; the id stands beside the name or in the properties. */
  static boolean is(ObjectNode object) {
    JsonNode properties = object.path("properties");
    return object.path("event").isTextual()
        && (object.has("distinct_id") || properties.has("distinct_id") && properties.has("token"));
  }

  /**
   * Fills the envelope.
   *
   * @throws RejectedEvent when an id or a time cannot be taken
   */
  static void fill(ObjectNode object, Envelope e) throws RejectedEvent {
    ObjectNode data =
        object.remove("properties") instanceof ObjectNode properties
            ? properties
            : JsonNodeFactory.instance.objectNode();
    String name = take(object, "event");
    String id = take(object, "distinct_id");
    id = id == null ? take(data, "distinct_id") : id;
    e.messageId = take(object, "uuid");
    e.originalTimestamp = Tokens.time(take(object, "timestamp"), "timestamp");
    e.sentAt = Tokens.time(take(object, "sent_at"), "sent_at");
    e.ip = text(data, "$ip");
    e.sessionId = text(data, "$session_id");
    e.pagePath = text(data, "$pathname");
    JsonNode profile = data.get("$process_person_profile");
    if (profile != null && profile.isBoolean() && !profile.booleanValue()) {
      e.anonymousId = id;
    } else {
      e.userId = id;
    }
    e.data = data;
    call(String.valueOf(name), data, e);
    object.remove("type");
    object.remove("api_key");
    e.rest(object);
  }

  private static void call(String name, ObjectNode data, Envelope e) throws RejectedEvent {
    switch (name) {
      case "$identify" -> {
        e.type = "identify";
        e.anonymousId = take(data, "$anon_distinct_id");
        e.data = person(data);
      }
      case "$create_alias" -> {
        e.type = "alias";
        e.previousId = take(data, "alias");
        String user = take(data, "distinct_id");
        e.userId = user == null ? e.userId : user;
      }
      case "$groupidentify" -> {
        e.type = "group";
        e.groupId = take(data, "$group_key");
        merge(data, data.remove("$group_set"));
      }
      case "$pageview" -> e.type = "page";
      case "$screen" -> {
        e.type = "screen";
        e.event = take(data, "$screen_name");
      }
      default -> {
        e.type = "track";
        e.event = name;
      }
    }
  }

  /** What is known of the person, over what describes the call. */
  private static ObjectNode person(ObjectNode data) {
    JsonNode once = data.remove("$set_once");
    JsonNode set = data.remove("$set");
    merge(data, once);
    merge(data, set);
    return data;
  }

  private static void merge(ObjectNode into, JsonNode members) {
    if (members instanceof ObjectNode object) {
      into.setAll(object);
    }
  }

  /** Removes an id; what is no scalar stays. */
  private static String take(ObjectNode object, String member) throws RejectedEvent {
    String text = text(object, member);
    if (text != null) {
      object.remove(member);
      return Tokens.bounded(text, member);
    }
    return null;
  }

  private static String text(ObjectNode object, String member) {
    JsonNode value = object.get(member);
    return value == null || value.isNull() || value.isContainerNode() ? null : value.asText();
  }
}
