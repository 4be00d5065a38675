package dev.tributary.schemas.registry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads one JSON document: no duplicate keys, nothing after it, limits on size and nesting. */
final class StrictJson {
  /** Bytes; the largest schema of Iglu Central has about 100,000. */
  static final int MAX_BYTES = 1 << 20;

  /** Levels of nested objects and arrays. */
  static final int MAX_DEPTH = 100;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private final Path file;
  private final SchemaRefusals refusals;

  StrictJson(Path file, SchemaRefusals refusals) {
    this.file = file;
    this.refusals = refusals;
  }

  JsonNode read() throws RefusedException {
    byte[] bytes = bytes();
    try {
      JsonNode document = MAPPER.readTree(bytes);
      if (document.isMissingNode()) {
        throw refusals.notJson("", "the file is empty");
      }
      return document;
    } catch (StreamConstraintsException e) {
      throw refusals.beyondLimits(pointer(e), e.getOriginalMessage());
    } catch (JsonProcessingException e) {
      throw e.getOriginalMessage().startsWith("Duplicate field")
          ? refusals.duplicateKey(pointer(e), position(e))
          : refusals.notJson(pointer(e), e.getOriginalMessage() + position(e));
    } catch (IOException e) {
      throw refusals.notJson("", e.toString());
    }
  }

  private byte[] bytes() throws RefusedException {
    try {
      long size = Files.size(file);
      if (size > MAX_BYTES) {
        throw refusals.tooLarge(size);
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw RegistryErrors.unreadable(file, e);
    }
  }

  private static String pointer(JsonProcessingException e) {
    return e.getProcessor() instanceof JsonParser parser
        ? parser.getParsingContext().pathAsPointer().toString()
        : "";
  }

  private static String position(JsonProcessingException e) {
    return e.getLocation() == null
        ? ""
        : " at line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr();
  }
}
