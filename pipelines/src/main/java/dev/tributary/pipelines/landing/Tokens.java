package dev.tributary.pipelines.landing;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import java.io.IOException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;

/** Single values off a JSON parser that stands on them, as the envelope wants them. */
final class Tokens {
  private static final int MAX_ID_CHARS = 1024;

  private Tokens() {}

  /** A name or id; null for null and for the empty text. Integers are taken as their digits. */
  static String text(JsonParser p, String name) throws IOException, RejectedEvent {
    JsonToken token = p.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    if (token == JsonToken.VALUE_STRING || token == JsonToken.VALUE_NUMBER_INT) {
      return bounded(p.getText(), name);
    }
    throw new RejectedEvent(
        RejectReason.INVALID_ENVELOPE, "/" + name, name + " is a string, not " + token);
  }

  /** The text when it is not too long for a name or id; null for the empty one. */
  static String bounded(String text, String name) throws RejectedEvent {
    if (text.length() > MAX_ID_CHARS) {
      throw new RejectedEvent(
          RejectReason.INVALID_ENVELOPE,
          "/" + name,
          name + " has " + text.length() + " characters, the limit is " + MAX_ID_CHARS);
    }
    return text.isEmpty() ? null : text;
  }

  /** A time in microseconds since the epoch; {@link Envelope#ABSENT} for null. */
  static long time(JsonParser p, String name) throws IOException, RejectedEvent {
    JsonToken token = p.currentToken();
    try {
      return switch (token) {
        case VALUE_NULL -> Envelope.ABSENT;
        case VALUE_STRING -> EventTime.parse(p.getText());
        case VALUE_NUMBER_INT -> EventTime.fromMillis(p.getLongValue());
        default -> throw new DateTimeException("a time is a string or an integer");
      };
    } catch (DateTimeException | InputCoercionException e) {
      throw invalidTime(name, e);
    }
  }

  /** A time in microseconds since the epoch; {@link Envelope#ABSENT} for null. */
  static long time(String text, String name) throws RejectedEvent {
    try {
      return text == null ? Envelope.ABSENT : EventTime.parse(text);
    } catch (DateTimeException e) {
      throw invalidTime(name, e);
    }
  }

  private static RejectedEvent invalidTime(String name, Exception e) {
    return new RejectedEvent(
        RejectReason.INVALID_TIMESTAMP,
        "/" + name,
        name
            + " is neither RFC 3339 nor milliseconds since the epoch: "
            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
  }

  /** The text of a scalar, or null; structures are passed over. */
  static String scalar(JsonParser p) throws IOException {
    JsonToken token = p.currentToken();
    if (token.isStructStart()) {
      p.skipChildren();
      return null;
    }
    return token == JsonToken.VALUE_NULL ? null : p.getText();
  }

  /** Passes over the value and gives its bytes as (from, to) of the input. */
  static int[] slice(JsonParser p, int base) throws IOException {
    int start = base + (int) p.currentTokenLocation().getByteOffset();
    p.skipChildren();
    if (!p.currentToken().isStructEnd()) {
      p.getText(); // a scalar is read lazily: finish it, so that its end is known
    }
    return new int[] {start, base + (int) p.currentLocation().getByteOffset()};
  }

  /** The slices of an array's elements. */
  static List<int[]> slices(JsonParser p, int base) throws IOException {
    List<int[]> slices = new ArrayList<>();
    while (p.nextToken() != JsonToken.END_ARRAY) {
      slices.add(slice(p, base));
    }
    return slices;
  }
}
