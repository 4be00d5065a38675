package dev.tributary.schemas.types;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Serializable;

/** Decodes one JSON value that is not null into the Java value of its column's type. */
@FunctionalInterface
interface ValueDecoder extends Serializable {
  Object decode(JsonNode value) throws UnrepresentableException;
}
