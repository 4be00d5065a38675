package dev.tributary.predictor.service.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.predictor.service.Refusal;
import dev.tributary.predictor.service.Refusal.Kind;
import dev.tributary.predictor.service.RunJson;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Set;

/**
 * A request, read within its limits.
 *
 * @param largestBody bytes
 */
record Exchange(Context context, int largestBody) {
  /** The body, which must be there and be JSON. */
  JsonNode body() {
    String type = context.contentType();
    if (type == null
        || !type.toLowerCase(Locale.ROOT).split(";")[0].strip().equals("application/json")) {
      throw Refusal.of(
          Kind.UNSUPPORTED_MEDIA_TYPE,
          "The Content-Type is '%s'; send application/json.".formatted(type == null ? "" : type));
    }
    byte[] bytes = bytes();
    try {
      JsonNode json = RunJson.MAPPER.readTree(bytes);
      if (json.isMissingNode()) {
        throw Refusal.at(Kind.MALFORMED_JSON, "/", "The body is empty.");
      }
      return json;
    } catch (JsonProcessingException e) {
      throw malformed(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] bytes() {
    if (context.req().getContentLengthLong() > largestBody) {
      throw tooLarge();
    }
    try {
      byte[] bytes = context.req().getInputStream().readNBytes(largestBody + 1);
      if (bytes.length > largestBody) {
        throw tooLarge();
      }
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Refusal tooLarge() {
    return Refusal.of(
        Kind.TOO_LARGE, "A body may have %d bytes; send runs in parts.".formatted(largestBody));
  }

  private static Refusal malformed(JsonProcessingException e) {
    String pointer = "/";
    if (e.getProcessor() instanceof JsonParser parser) {
      String path = parser.getParsingContext().pathAsPointer().toString();
      pointer = path.isEmpty() ? "/" : path;
    }
    return Refusal.at(
        Kind.MALFORMED_JSON,
        pointer,
        "%s, at line %d, column %d."
            .formatted(
                e.getOriginalMessage(),
                e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
                e.getLocation() == null ? 0 : e.getLocation().getColumnNr()));
  }

  /** Refuses query parameters that would have no effect. */
  Exchange only(String... parameters) {
    Set<String> known = Set.of(parameters);
    for (String given : context.queryParamMap().keySet()) {
      if (!known.contains(given)) {
        throw Refusal.at(
            Kind.INVALID_REQUEST, given, "There is no query parameter '%s'.".formatted(given));
      }
    }
    return this;
  }

  String required(String parameter) {
    String value = context.queryParam(parameter);
    if (value == null || value.isBlank()) {
      throw Refusal.at(
          Kind.INVALID_REQUEST,
          parameter,
          "The query parameter '%s' is missing.".formatted(parameter));
    }
    return value;
  }

  String optional(String parameter, String otherwise) {
    String value = context.queryParam(parameter);
    return value == null ? otherwise : value;
  }

  long number(String parameter, long otherwise, long least, long most) {
    String value = context.queryParam(parameter);
    if (value == null) {
      return otherwise;
    }
    try {
      long number = Long.parseLong(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Refused below, with the value.
    }
    throw Refusal.at(
        Kind.INVALID_VALUE,
        parameter,
        "The query parameter '%s' is a whole number from %d to %d, not '%s'."
            .formatted(parameter, least, most, value));
  }
}
