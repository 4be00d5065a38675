package dev.tributary.pipelines.job;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

/**
 * Reads a configuration file (YAML, JSON or Java properties, by its ending) into flat settings:
 * nested objects become keys with dots, and every scalar keeps the text it was written with, so
 * that {@code 1.10} stays that.
 */
final class ConfigFile {
  private final Path file;
  private final List<Setting> settings = new ArrayList<>();

  private ConfigFile(Path file) {
    this.file = file;
  }

  static List<Setting> read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw JobErrors.usage(
          "Configuration file '" + file + "' does not exist",
          "It was looked for at " + file.toAbsolutePath().normalize(),
          "give config=<file> with a path that does");
    }
    ConfigFile reader = new ConfigFile(file);
    try {
      reader.readAs(ending(file));
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw JobErrors.usage(
          "Configuration file '" + file + "' cannot be read, line " + line,
          e.getOriginalMessage(),
          null);
    } catch (IOException | IllegalArgumentException e) {
      throw JobErrors.error(
          ExitCode.USAGE,
          "Configuration file '" + file + "' cannot be read",
          e.getMessage(),
          null,
          e);
    }
    return List.copyOf(reader.settings);
  }

  private static String ending(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private void readAs(String ending) throws IOException {
    switch (ending) {
      case "yaml", "yml" ->
          readTree(
              YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());
      case "json" ->
          readTree(
              JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());
      case "properties" -> readProperties();
      default ->
          throw JobErrors.usage(
              "Configuration file '" + file + "' has the unknown ending '" + ending + "'",
              null,
              "name it .yaml, .yml, .json or .properties");
    }
  }

  private void readProperties() throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    for (String key : properties.stringPropertyNames()) {
      settings.add(Setting.text(key, properties.getProperty(key).strip(), origin()));
    }
  }

  private void readTree(JsonFactory format) throws IOException {
    try (Reader reader = Files.newBufferedReader(file);
        JsonParser parser = format.createParser(reader)) {
      JsonToken first = parser.nextToken();
      if (first == null || first == JsonToken.VALUE_NULL) {
        return;
      }
      if (first != JsonToken.START_OBJECT) {
        throw JobErrors.usage(
            "Configuration file '" + file + "' holds no keys",
            "It starts with " + parser.getText(),
            "write 'key: value' lines or one JSON object");
      }
      readObject(parser, "");
    }
  }

  private void readObject(JsonParser parser, String prefix) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = prefix + parser.currentName();
      String origin = origin() + ":" + parser.currentTokenLocation().getLineNr();
      switch (parser.nextToken()) {
        case START_OBJECT -> readObject(parser, key + ".");
        case START_ARRAY -> settings.add(new Setting(key, readItems(parser, key), true, origin));
        case VALUE_NULL -> {}
        default -> settings.add(Setting.text(key, parser.getText(), origin));
      }
    }
  }

  private List<String> readItems(JsonParser parser, String key) throws IOException {
    List<String> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (!parser.currentToken().isScalarValue()) {
        throw JobErrors.usage(
            "Key '" + key + "' (" + origin() + ") holds a list of objects",
            null,
            "give a list of plain values");
      }
      items.add(parser.getText());
    }
    return items;
  }

  private String origin() {
    return file.getFileName().toString();
  }
}
