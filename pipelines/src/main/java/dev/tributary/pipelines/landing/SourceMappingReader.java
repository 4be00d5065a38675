package dev.tributary.pipelines.landing;

import dev.tributary.pipelines.job.Nearest;
import dev.tributary.pipelines.landing.SourceMapping.Entry;
import dev.tributary.pipelines.landing.SourceMapping.Format;
import dev.tributary.pipelines.landing.SourceMapping.Members;
import dev.tributary.schemas.yaml.YamlException;
import dev.tributary.schemas.yaml.YamlNode;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads a source mapping file; every mistake in it is refused with place and fix. */
final class SourceMappingReader {
  private static final Pattern URI = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]+:.*");
  private static final List<String> FORMATS = List.of("json-lines", "csv", "parquet");
  private static final List<String> ENVELOPE =
      List.of(
          "messageId",
          "type",
          "event",
          "name",
          "timestamp",
          "originalTimestamp",
          "sentAt",
          "receivedAt",
          "userId",
          "anonymousId",
          "groupId",
          "previousId",
          "source",
          "schema");
  private static final List<String> CSV_OPTIONS =
      List.of("header", "separator", "quote", "encoding", "multiline");

  private final YamlNode document;
  private final Format format;

  private SourceMappingReader(YamlNode document) {
    this.document = document;
    this.format = format(document);
  }

  /**
   * Reads a mapping.
   *
   * @throws YamlException with file, place and fix
   */
  static SourceMapping read(Path file) {
    YamlNode document = YamlNode.read(file);
    document.allow(
        "source", "format", "path", "options", "columns", "envelope", "properties", "context");
    return new SourceMappingReader(document).mapping(file);
  }

  private SourceMapping mapping(Path file) {
    List<Entry> envelope = envelope();
    SourceMapping mapping =
        new SourceMapping(
            file.toString(),
            document.optionalText("source"),
            format,
            document.at("path"),
            resolve(file, document.text("path")),
            options(),
            document.at("columns"),
            document.texts("columns"),
            envelope,
            members("properties"),
            members("context"));
    requireEnvelope(mapping);
    requireColumns(mapping);
    return mapping;
  }

  private static Format format(YamlNode document) {
    String format = document.text("format");
    if (!FORMATS.contains(format)) {
      throw document.at("format").problem("'" + format + "' is no format", "use one of " + FORMATS);
    }
    return Format.values()[FORMATS.indexOf(format)];
  }

  private static String resolve(Path mapping, String path) {
    return URI.matcher(path).matches()
        ? path
        : mapping.toAbsolutePath().resolveSibling(path).normalize().toString();
  }

  private List<Entry> envelope() {
    List<Entry> entries = entries("envelope");
    for (Entry entry : entries) {
      if (!ENVELOPE.contains(entry.name())) {
        String near =
            Nearest.to(entry.name(), ENVELOPE).map(n -> "did you mean " + n + "? ").orElse("");
        throw entry
            .place()
            .problem("is no member of the envelope", near + "it is one of " + ENVELOPE);
      }
    }
    return entries;
  }

  private List<Entry> entries(String key) {
    List<Entry> entries = new ArrayList<>();
    document
        .entries(key)
        .forEach((name, place) -> entries.add(new Entry(name, place.asText(), place)));
    return entries;
  }

  private Members members(String key) {
    YamlNode place = document.at(key);
    if (!place.present()) {
      return Members.NONE;
    }
    if (place.isText()) {
      if (place.asText().equals("*")) {
        return new Members(List.of(), true);
      }
      throw place.problem(
          "'" + place.asText() + "' is neither \"*\" nor a mapping",
          "write \"*\" for all columns not used elsewhere, or 'name: expression' lines");
    }
    List<Entry> entries = entries(key);
    List<Entry> named = entries.stream().filter(e -> !e.name().equals("*")).toList();
    for (Entry entry : entries) {
      if (entry.name().equals("*") && !entry.sql().equals("*")) {
        throw entry.place().problem("'*' stands for columns as they are", "write \"*\": \"*\"");
      }
    }
    return new Members(named, named.size() < entries.size());
  }

  private void requireEnvelope(SourceMapping mapping) {
    YamlNode place = document.at("envelope");
    if (mapping.mapsColumns()) {
      if (mapping.envelope().stream().noneMatch(e -> List.of("type", "event").contains(e.name()))) {
        throw place.problem(
            "makes events without a type and a name", "add 'event: \"''Order Completed''\"'");
      }
      return;
    }
    if (format != Format.JSON_LINES) {
      throw place.problem("is missing", "say which column or expression makes event, messageId, …");
    }
    for (String key : List.of("properties", "context", "columns")) {
      if (document.at(key).present()) {
        throw document
            .at(key)
            .problem(
                "is given without an envelope, so that each line is a wire event as it stands",
                "add an envelope, or remove " + key);
      }
    }
  }

  private void requireColumns(SourceMapping mapping) {
    YamlNode place = mapping.columnsPlace();
    boolean given = !mapping.columns().isEmpty();
    if (format == Format.JSON_LINES && mapping.mapsColumns() && !given) {
      throw place.problem(
          "is missing", "list the members of the lines that are used, e.g. ['id STRING']");
    }
    if (format == Format.CSV && !mapping.options().csv().header() && !given) {
      throw place.problem("is missing", "list the names of the columns, or set header: true");
    }
    if (given
        && (format == Format.PARQUET || format == Format.CSV && mapping.options().csv().header())) {
      throw place.problem("is given, but the files name their columns", "remove it");
    }
  }

  private FileOptions options() {
    YamlNode place = document.at("options");
    if (place.present()) {
      List<String> known = new ArrayList<>(List.of("glob", "recursive", "max_files_per_batch"));
      if (format == Format.CSV) {
        known.addAll(CSV_OPTIONS);
      }
      place.allow(known.toArray(String[]::new));
    }
    char separator = character(place, "separator", ',');
    char quote = character(place, "quote", '"');
    if (separator == quote) {
      throw place.at("separator").problem("is the quote too", "use two characters");
    }
    CsvFormat csv =
        new CsvFormat(
            place.flag("header", true),
            separator,
            quote,
            encoding(place),
            place.flag("multiline", true));
    return new FileOptions(
        csv, place.optionalText("glob"), place.flag("recursive", true), maxFiles(place));
  }

  private static char character(YamlNode options, String key, char otherwise) {
    YamlNode place = options.at(key);
    if (!place.present()) {
      return otherwise;
    }
    // A tab is blank, which asText refuses; it is written as the two characters \t.
    String text = place.asText();
    char character = text.equals("\\t") || text.equals("tab") ? '\t' : text.charAt(0);
    boolean one = text.length() == 1 || character == '\t';
    if (!one || character > 126 || Character.isLetterOrDigit(character)) {
      throw place.problem("'" + text + "' is no separator", "use one ASCII sign, or tab");
    }
    return character;
  }

  private static String encoding(YamlNode options) {
    Optional<String> name = options.optionalText("encoding");
    if (name.isEmpty()) {
      return StandardCharsets.UTF_8.name();
    }
    YamlNode place = options.at("encoding");
    try {
      Charset charset = Charset.forName(name.get());
      if (CsvFormat.isReadable(charset)) {
        return charset.name();
      }
    } catch (IllegalArgumentException unknown) {
      throw place.problem("'" + name.get() + "' is no encoding", "use for example ISO-8859-1");
    }
    throw place.problem(
        name.get() + " is not read: its line ends are not ASCII bytes",
        "convert the files to UTF-8");
  }

  private static int maxFiles(YamlNode options) {
    Optional<String> text = options.optionalText("max_files_per_batch");
    if (text.isEmpty()) {
      return FileOptions.MAX_FILES_PER_BATCH;
    }
    if (!text.get().matches("[1-9]\\d{0,6}")) {
      throw options
          .at("max_files_per_batch")
          .problem("'" + text.get() + "' is no count", "write a number from 1");
    }
    return Integer.parseInt(text.get());
  }
}
