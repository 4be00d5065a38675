package dev.tributary.pipelines.identity.privacy;

import dev.tributary.pipelines.identity.matching.AttributeKind;
import dev.tributary.pipelines.identity.matching.KindInference;
import dev.tributary.pipelines.identity.privacy.BlockingPass.Form;
import dev.tributary.pipelines.identity.privacy.BlockingPass.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The configuration that follows from a table's columns: kinds from what {@code identity.matching}
 * takes the columns for, one blocking pass for each identifier and for each pair of the most
 * telling other fields. The same rules for every table; labels play no part.
 */
final class ConfigInference {
  private static final Set<String> ID_NAMES = Set.of("id", "rec_id", "record_id", "unique_id");

  /** Fields whose pairs block; five give ten passes. */
  private static final int BLOCKING_FIELDS = 5;

  /** Passes to aim at; more are made only where identifiers and pairs of fields give more. */
  private static final int PASSES = 14;

  private static final int MOST_CATEGORIES = 20;

  private ConfigInference() {}

  static EncodingConfig of(CsvTable table) {
    return of(table, Map.of(), idColumn(table));
  }

  /**
   * @param given fields whose kind is not to be inferred, by column
   */
  static EncodingConfig of(CsvTable table, Map<String, Field> given, Optional<String> id) {
    List<Column> columns = new ArrayList<>();
    Map<String, String> ignored = new LinkedHashMap<>();
    for (int i = 0; i < table.columns().size(); i++) {
      String name = table.columns().get(i);
      if (id.isPresent() && id.get().equals(name)) {
        continue;
      }
      Column column = Column.of(table, i);
      if (given.containsKey(name)) {
        columns.add(column.as(given.get(name)));
      } else if (column.distinct() < 2) {
        ignored.put(name, column.distinct() == 0 ? "no values" : "all values are equal");
      } else if (column.unrelated()) {
        ignored.put(name, "its name says that it describes nobody");
      } else {
        columns.add(column);
      }
    }
    dropComposites(columns, given, ignored);
    if (columns.isEmpty()) {
      throw PrivacyErrors.nothingToCompare(
          table.file(), "every column is empty, constant or the record id: " + table.columns());
    }
    List<Field> fields = columns.stream().map(Column::field).toList();
    return new EncodingConfig(
        id,
        fields,
        passes(columns).stream().map(BlockingPass::toString).toList(),
        ignored,
        Hardening.DEFAULT,
        EncodingConfig.DEFAULT_MAX_BLOCK);
  }

  static Optional<String> idColumn(CsvTable table) {
    return table.columns().stream()
        .filter(column -> ID_NAMES.contains(column.toLowerCase(java.util.Locale.ROOT)))
        .findFirst();
  }

  /** Leaves out columns that repeat what two others say: evidence must not count twice. */
  private static void dropComposites(
      List<Column> columns, Map<String, Field> given, Map<String, String> ignored) {
    for (Column column : List.copyOf(columns)) {
      FieldKind kind = column.field().kind();
      if (given.containsKey(column.field().column())
          || (kind != FieldKind.NAME && kind != FieldKind.TEXT)) {
        continue;
      }
      List<String> contained =
          columns.stream()
              .filter(other -> other != column && column.contains(other))
              .map(other -> other.field().column())
              .toList();
      if (contained.size() >= 2) {
        ignored.put(column.field().column(), "repeats " + String.join(", ", contained));
        columns.remove(column);
      }
    }
  }

  private static List<BlockingPass> passes(List<Column> columns) {
    List<BlockingPass> passes = new ArrayList<>();
    columns.stream()
        .filter(column -> column.field().kind() == FieldKind.IDENTIFIER)
        .forEach(column -> passes.add(new BlockingPass(List.of(column.part()))));
    List<Part> parts =
        columns.stream()
            .filter(column -> column.field().kind() != FieldKind.IDENTIFIER)
            .filter(column -> column.field().kind() != FieldKind.CATEGORY)
            .sorted(
                Comparator.comparingDouble(Column::bits)
                    .reversed()
                    .thenComparing(column -> column.field().name()))
            .limit(BLOCKING_FIELDS)
            .map(Column::part)
            .toList();
    for (int i = 0; i < parts.size(); i++) {
      for (int j = i + 1; j < parts.size(); j++) {
        passes.add(new BlockingPass(List.of(parts.get(i), parts.get(j))));
      }
    }
    coarserPairs(columns, parts).stream()
        .limit(Math.max(0, PASSES - passes.size()))
        .forEach(passes::add);
    if (passes.isEmpty()) {
      List<Part> all = parts.isEmpty() ? columns.stream().map(Column::part).toList() : parts;
      passes.add(new BlockingPass(all));
    }
    return passes;
  }

  /** Where few fields give few passes: parts of dates and sounds of e-mail users, with the rest. */
  private static List<BlockingPass> coarserPairs(List<Column> columns, List<Part> parts) {
    List<BlockingPass> pairs = new ArrayList<>();
    for (Form form : List.of(Form.PHONETIC, Form.YEAR, Form.MONTH_DAY)) {
      for (Column column : columns) {
        for (Part part : parts) {
          if (column.hasForm(form) && !part.field().equals(column.field().name())) {
            pairs.add(new BlockingPass(List.of(new Part(column.field().name(), form), part)));
          }
        }
      }
    }
    return pairs;
  }

  /** A column with what is needed of its values. */
  private record Column(Field field, List<String> normal, int distinct) {
    static Column of(CsvTable table, int index) {
      String name = table.columns().get(index);
      List<String> raw = table.rows().stream().map(row -> row[index]).toList();
      return of(raw, new Field(name, kind(attribute(name, raw), raw), name));
    }

    private static AttributeKind attribute(String name, List<String> values) {
      return KindInference.of(name, values.toArray(String[]::new));
    }

    /** Whether it is left out of every comparison of records, such as a status or a truth. */
    boolean unrelated() {
      return attribute(field.column(), normal) == AttributeKind.IGNORE;
    }

    private static Column of(List<String> raw, Field field) {
      List<String> normal = raw.stream().map(v -> Values.normal(field.kind(), v)).toList();
      int distinct = new TreeSet<>(normal).size() - (normal.contains("") ? 1 : 0);
      return new Column(field, normal, distinct);
    }

    Column as(Field given) {
      return of(normal, given);
    }

    /** Whether this is another form than the usual one to block by. */
    boolean hasForm(Form form) {
      return form == Form.PHONETIC
          ? field.kind() == FieldKind.IDENTIFIER && normal.stream().anyMatch(v -> v.contains("@"))
          : field.kind() == FieldKind.DATE;
    }

    Part part() {
      boolean sounds = field.kind() == FieldKind.NAME || field.kind() == FieldKind.TEXT;
      return new Part(field.name(), sounds ? Form.PHONETIC : Form.EXACT);
    }

    /** −log2 of the probability that two records agree on the blocking form (Rényi entropy). */
    double bits() {
      Form form = part().form();
      Map<String, Long> counts =
          normal.stream()
              .filter(value -> !value.isEmpty())
              .map(value -> BlockingPass.form(form, value))
              .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
      double total = counts.values().stream().mapToLong(Long::longValue).sum();
      double agree = counts.values().stream().mapToDouble(n -> n / total * (n / total)).sum();
      double present = total / normal.size();
      return -Math.log(agree) / Math.log(2) * present;
    }

    boolean contains(Column other) {
      FieldKind kind = other.field.kind();
      if (kind != FieldKind.NAME && kind != FieldKind.TEXT) {
        return false;
      }
      long both = 0;
      long inside = 0;
      for (int i = 0; i < normal.size(); i++) {
        String whole = normal.get(i);
        String part = other.normal.get(i);
        if (!whole.isEmpty() && !part.isEmpty()) {
          both++;
          inside += whole.contains(part) && whole.length() > part.length() ? 1 : 0;
        }
      }
      return both > normal.size() / 4 && inside > 0.6 * both;
    }

    /** Short words that are nobody's name block by their sound, unless they are but a few. */
    private static FieldKind kind(AttributeKind kind, List<String> raw) {
      return switch (kind) {
        case GIVEN_NAME, MIDDLE_NAME, FAMILY_NAME, FULL_NAME -> FieldKind.NAME;
        case NAME_LIST, NAME_AND_ADDRESS, ADDRESS, TEXT ->
            isNumber(raw) ? FieldKind.CODE : FieldKind.TEXT;
        case DATE -> FieldKind.DATE;
        case EMAIL, PHONE, CODE -> FieldKind.IDENTIFIER;
        case POSTCODE, LOCATION, NUMBER -> FieldKind.CODE;
        case CATEGORY, IGNORE -> isCategory(raw) ? FieldKind.CATEGORY : FieldKind.NAME;
      };
    }

    /** Whether most characters are digits, as of house numbers. */
    private static boolean isNumber(List<String> raw) {
      long digits = raw.stream().flatMapToInt(String::chars).filter(Character::isDigit).count();
      return digits > 0.6 * raw.stream().mapToInt(String::length).sum();
    }

    /** Whether a few values make up nearly all, misspelt ones aside. */
    private static boolean isCategory(List<String> raw) {
      List<String> values = raw.stream().filter(value -> !value.isBlank()).toList();
      Map<String, Long> counts =
          values.stream()
              .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
      long common =
          counts.values().stream()
              .sorted(Comparator.reverseOrder())
              .limit(MOST_CATEGORIES)
              .mapToLong(Long::longValue)
              .sum();
      return values.size() >= 5 * MOST_CATEGORIES && common > 0.9 * values.size();
    }
  }
}
