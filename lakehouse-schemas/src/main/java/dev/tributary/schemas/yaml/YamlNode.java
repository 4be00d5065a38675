package dev.tributary.schemas.yaml;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A place in a YAML document, read with checks: each getter throws a {@link YamlException} that
 * names this place when the value is absent or of another type.
 */
public final class YamlNode {
  private static final YAMLMapper MAPPER =
      YAMLMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build();

  private final String file;
  private final String place;
  private final JsonNode node;

  private YamlNode(String file, String place, JsonNode node) {
    this.file = file;
    this.place = place;
    this.node = node;
  }

  /** Reads a document. */
  public static YamlNode parse(String file, String text) {
    try {
      JsonNode root = MAPPER.readTree(text);
      return new YamlNode(file, "", root == null ? MissingNode.getInstance() : root);
    } catch (JsonProcessingException malformed) {
      JsonLocation at = malformed.getLocation();
      String place = at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr();
      throw new YamlException(
          file, place, oneLine(malformed.getOriginalMessage()), "correct the YAML there");
    }
  }

  /** The parser's message without the excerpts of the document, which are indented. */
  private static String oneLine(String message) {
    return message
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith(" "))
        .collect(Collectors.joining(", "));
  }

  /** Reads a file. */
  public static YamlNode read(Path file) {
    try {
      return parse(file.toString(), Files.readString(file));
    } catch (IOException unreadable) {
      throw new YamlException(
          file.toString(),
          "",
          "cannot be read (" + unreadable + ")",
          "give the path of a readable UTF-8 file");
    }
  }

  /** Refuses keys other than these, so that a misspelt one is not ignored. */
  public YamlNode allow(String... keys) {
    List<String> allowed = List.of(keys);
    requireMapping();
    node.fieldNames()
        .forEachRemaining(
            key -> {
              if (!allowed.contains(key)) {
                throw at(key).problem("unknown key", "use one of " + allowed);
              }
            });
    return this;
  }

  public String text(String key) {
    return optionalText(key)
        .orElseThrow(() -> at(key).problem("is missing", "write '" + key + ": <text>'"));
  }

  public Optional<String> optionalText(String key) {
    YamlNode child = at(key);
    return child.present() ? Optional.of(child.asText()) : Optional.empty();
  }

  public boolean flag(String key, boolean otherwise) {
    YamlNode child = at(key);
    if (!child.present()) {
      return otherwise;
    }
    if (!child.node.isBoolean()) {
      throw child.problem("'" + child.node.asText() + "' is no truth value", "write true or false");
    }
    return child.node.booleanValue();
  }

  /** The items of a list; none when the key is absent. */
  public List<YamlNode> list(String key) {
    YamlNode child = at(key);
    List<YamlNode> items = new ArrayList<>();
    if (child.present() && !child.node.isArray()) {
      throw child.problem("is no list", "write one item a line, each after '- '");
    }
    for (int i = 0; i < child.node.size(); i++) {
      items.add(new YamlNode(file, child.place + "[" + i + "]", child.node.get(i)));
    }
    return items;
  }

  /** The texts of a list; none when the key is absent. */
  public List<String> texts(String key) {
    return list(key).stream().map(YamlNode::asText).toList();
  }

  /** The entries of a mapping in document order; none when the key is absent. */
  public Map<String, YamlNode> entries(String key) {
    YamlNode child = at(key);
    Map<String, YamlNode> entries = new LinkedHashMap<>();
    if (child.present()) {
      child.requireMapping();
      child.node.fieldNames().forEachRemaining(name -> entries.put(name, child.at(name)));
    }
    return entries;
  }

  /** This place as text; a number or truth value as it is written. */
  public String asText() {
    if (!node.isValueNode() || node.isNull() || node.asText().isBlank()) {
      throw problem("is no text", "write a text that is not empty");
    }
    return node.asText();
  }

  /** Whether this place holds one value, not a list or a mapping. */
  public boolean isText() {
    return node.isValueNode() && !node.isNull();
  }

  public boolean present() {
    return !node.isMissingNode() && !node.isNull();
  }

  public YamlNode at(String key) {
    return new YamlNode(file, place.isEmpty() ? key : place + "." + key, node.path(key));
  }

  public String file() {
    return file;
  }

  /** An error at this place, for the caller to throw. */
  public YamlException problem(String problem, String fix) {
    return new YamlException(file, place, problem, fix);
  }

  private void requireMapping() {
    if (!node.isObject()) {
      throw problem("is no mapping", "write 'key: value' lines");
    }
  }
}
