package dev.tributary.pipelines.landing;

import java.util.Set;

/** What the Segment spec asks of an event, and what is inferred where a call leaves it out. */
final class SegmentRules {
  private static final Set<String> TYPES =
      Set.of("track", "page", "screen", "identify", "group", "alias");

  private SegmentRules() {}

  /**
   * Infers a missing type (a call to {@code /v1/track} carries it in the URL) and checks the rest.
   *
   * @throws RejectedEvent when it is no call of the spec
   */
  static void complete(Envelope e) throws RejectedEvent {
    if (e.type == null) {
      e.type = infer(e);
    }
    if (e.type == null || !TYPES.contains(e.type)) {
      throw new RejectedEvent(
          RejectReason.INVALID_ENVELOPE,
          "/type",
          e.type == null
              ? "type is missing and nothing in the event tells it"
              : "type is one of " + TYPES.stream().sorted().toList() + ", not '" + e.type + "'");
    }
    if (e.type.equals("track") && e.event == null) {
      throw new RejectedEvent(
          RejectReason.INVALID_ENVELOPE, "/event", "a track call names its event");
    }
    if (e.originalTimestamp == Envelope.ABSENT) {
      e.originalTimestamp = e.timestamp;
    }
  }

  private static String infer(Envelope e) {
    if (e.event != null) {
      return "track";
    }
    if (e.previousId != null) {
      return "alias";
    }
    if (e.groupId != null) {
      return "group";
    }
    return e.userId != null && e.data != null ? "identify" : null;
  }
}
