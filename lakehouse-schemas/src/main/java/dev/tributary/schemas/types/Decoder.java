package dev.tributary.schemas.types;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;

/**
 * Turns the properties of an event that is valid under one schema version into the values of its
 * table's columns. Thread-safe, without state, serializable.
 */
public interface Decoder extends Serializable {

  /**
   * Decodes the properties.
   *
   * @return values in the order of {@link ModelSchema#columns()}, of the Java types {@link
   *     ColumnType} names
   * @throws UnrepresentableException when a value, though valid JSON, has no exact place in its
   *     column: nothing is ever cut, rounded to an infinity, or nulled in silence
   */
  Object[] decode(ObjectNode data) throws UnrepresentableException;
}
