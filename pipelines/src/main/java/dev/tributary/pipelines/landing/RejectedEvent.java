package dev.tributary.pipelines.landing;

import java.util.Objects;

/**
 * A refusal on its way to {@code bronze.rejected}: control flow of the parser, so it has no stack.
 */
final class RejectedEvent extends Exception {
  private static final int MAX_DETAIL = 500;
  private final RejectReason reason;
  private final String pointer;
  private String schema;

  /**
   * @param pointer RFC 6901 pointer into the event, empty for the whole
   * @param detail one sentence for people
   */
  RejectedEvent(RejectReason reason, String pointer, String detail) {
    super(
        detail.length() <= MAX_DETAIL ? detail : detail.substring(0, MAX_DETAIL),
        null,
        false,
        false);
    this.reason = Objects.requireNonNull(reason);
    this.pointer = Objects.requireNonNull(pointer);
  }

  RejectReason reason() {
    return reason;
  }

  String pointer() {
    return pointer;
  }

  /** The schema it was held against, or null. */
  String schema() {
    return schema;
  }

  RejectedEvent against(String schemaUri) {
    schema = schemaUri;
    return this;
  }
}
