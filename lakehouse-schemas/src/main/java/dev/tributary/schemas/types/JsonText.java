package dev.tributary.schemas.types;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * Writes JSON values as compact text. Unlike Jackson's generator it keeps lone surrogates, as
 * escapes, and refuses what JSON has no text for.
 */
final class JsonText {
  private static final int MAX_DEPTH = 1_000;
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private final StringBuilder text = new StringBuilder(64);
  private boolean first = true;

  private JsonText() {}

  static String of(JsonNode value) throws UnrepresentableException {
    JsonText writer = new JsonText();
    writer.write(value, 0);
    return writer.text.toString();
  }

  static JsonText startObject() {
    JsonText writer = new JsonText();
    writer.text.append('{');
    return writer;
  }

  JsonText property(String name, JsonNode value) throws UnrepresentableException {
    if (!first) {
      text.append(',');
    }
    first = false;
    quote(name);
    text.append(':');
    write(value, 1);
    return this;
  }

  String endObject() {
    return text.append('}').toString();
  }

  private void write(JsonNode value, int depth) throws UnrepresentableException {
    switch (value.getNodeType()) {
      case STRING -> quote(value.textValue());
      case OBJECT -> writeObject(value, deeper(depth));
      case ARRAY -> writeArray(value, deeper(depth));
      case NUMBER -> writeNumber(value);
      case BOOLEAN, NULL -> text.append(value.asText());
      default -> throw UnrepresentableException.otherKind("JSON", value);
    }
  }

  private static int deeper(int depth) throws UnrepresentableException {
    if (depth >= MAX_DEPTH) {
      throw new UnrepresentableException(
          "", "nested deeper than " + MAX_DEPTH + " levels, the most a JSON column takes");
    }
    return depth + 1;
  }

  private void writeObject(JsonNode object, int depth) throws UnrepresentableException {
    text.append('{');
    char separator = 0;
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (separator != 0) {
        text.append(separator);
      }
      separator = ',';
      quote(field.getKey());
      text.append(':');
      try {
        write(field.getValue(), depth);
      } catch (UnrepresentableException refused) {
        throw refused.under(field.getKey());
      }
    }
    text.append('}');
  }

  private void writeArray(JsonNode array, int depth) throws UnrepresentableException {
    text.append('[');
    for (int i = 0; i < array.size(); i++) {
      if (i > 0) {
        text.append(',');
      }
      try {
        write(array.get(i), depth);
      } catch (UnrepresentableException refused) {
        throw refused.under(Integer.toString(i));
      }
    }
    text.append(']');
  }

  private void writeNumber(JsonNode number) throws UnrepresentableException {
    if (number.isFloatingPointNumber() && !number.isBigDecimal()) {
      if (!Double.isFinite(number.doubleValue())) {
        throw new UnrepresentableException("", "number is beyond the range of a double");
      }
    }
    text.append(number.asText());
  }

  private void quote(String value) {
    text.append('"');
    int clean = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c >= ' ' && c != '"' && c != '\\' && !Surrogates.lone(value, i)) {
        continue;
      }
      text.append(value, clean, i);
      escape(c);
      clean = i + 1;
    }
    text.append(value, clean, value.length()).append('"');
  }

  private void escape(char c) {
    text.append('\\');
    switch (c) {
      case '"', '\\' -> text.append(c);
      case '\n' -> text.append('n');
      case '\r' -> text.append('r');
      case '\t' -> text.append('t');
      default -> {
        text.append('u');
        for (int shift = 12; shift >= 0; shift -= 4) {
          text.append(HEX[c >> shift & 0xF]);
        }
      }
    }
  }
}
