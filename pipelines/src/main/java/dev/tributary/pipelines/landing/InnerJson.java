package dev.tributary.pipelines.landing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import java.nio.charset.StandardCharsets;

/** Reads JSON texts that stand within an event: base64, JSON in a string, the body of a record. */
final class InnerJson {
  private final ObjectReader documents;
  private final Utf8 utf8 = new Utf8();

  InnerJson(ObjectReader trees) {
    documents = trees.with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  }

  /**
   * The one JSON value that the bytes are.
   *
   * @param member where they stand, for the refusal
   */
  JsonNode read(byte[] bytes, String member) throws RejectedEvent {
    int fault = utf8.firstFault(bytes, 0, bytes.length);
    if (fault >= 0) {
      throw new RejectedEvent(
          RejectReason.INVALID_UTF8, "/" + member, "not sound Unicode at byte " + fault);
    }
    try {
      // As text, since from bytes the parser would guess UTF-16 and UTF-32 too.
      return documents.readTree(new String(bytes, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw refused(member, e.getOriginalMessage());
    }
  }

  /** The text when it is sound Unicode. */
  String text(byte[] bytes, String member) throws RejectedEvent {
    int fault = utf8.firstMalformed(bytes, 0, bytes.length);
    if (fault >= 0) {
      throw new RejectedEvent(
          RejectReason.INVALID_UTF8, "/" + member, "not UTF-8 at byte " + fault);
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static RejectedEvent refused(String member, String problem) {
    return new RejectedEvent(
        RejectReason.INVALID_ENVELOPE, "/" + member, member + " is not JSON: " + problem);
  }
}
