package dev.tributary.schemas.types;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;

/**
 * Decodes an object into one slot a property, with a single pass over its fields. Properties that
 * have no slot, and values of a JSON type their slot does not take, are collected in one slot as
 * JSON text.
 */
final class ObjectDecoder implements Decoder, ValueDecoder {
  private record Slot(int index, ValueDecoder decoder) implements java.io.Serializable {}

  private final HashMap<String, Slot> slots = new HashMap<>();
  private final int width;
  private final int collector;

  /**
   * @param width number of slots
   * @param collector the slot for what has no other, or -1 to refuse such
   */
  ObjectDecoder(int width, int collector) {
    this.width = width;
    this.collector = collector;
  }

  void bind(String property, int index, ValueDecoder decoder) {
    slots.put(property, new Slot(index, decoder));
  }

  @Override
  public Object decode(JsonNode value) throws UnrepresentableException {
    if (value instanceof ObjectNode object) {
      return decode(object);
    }
    throw UnrepresentableException.otherKind("object", value);
  }

  @Override
  public Object[] decode(ObjectNode data) throws UnrepresentableException {
    Object[] row = new Object[width];
    JsonText rest = null;
    for (Map.Entry<String, JsonNode> property : data.properties()) {
      JsonNode value = property.getValue();
      Slot slot = slots.get(property.getKey());
      if (slot == null || !fill(row, slot, property.getKey(), value)) {
        rest = collect(rest, property.getKey(), value);
      }
    }
    if (rest != null) {
      row[collector] = rest.endObject();
    }
    return row;
  }

  /** Whether the value has found its place; false if it is to be collected. */
  private boolean fill(Object[] row, Slot slot, String property, JsonNode value)
      throws UnrepresentableException {
    if (value.isNull()) {
      return true;
    }
    try {
      row[slot.index] = slot.decoder.decode(value);
      return true;
    } catch (UnrepresentableException refused) {
      if (refused.otherKind() && collector >= 0) {
        return false;
      }
      throw refused.under(property);
    }
  }

  private JsonText collect(JsonText rest, String property, JsonNode value)
      throws UnrepresentableException {
    if (collector < 0) {
      throw UnrepresentableException.unknownProperty(property);
    }
    JsonText text = rest == null ? JsonText.startObject() : rest;
    try {
      return text.property(property, value);
    } catch (UnrepresentableException refused) {
      throw refused.under(property);
    }
  }
}
