package dev.tributary.pipelines.identity.matching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Makes attributes of columns: what belongs together is one, what says nothing is left out. */
final class Attributes {
  static final String GENERATION = "generation";

  private static final double SAME = 0.98;

  /** Words that a text has on average at most to be compared word by word. */
  private static final double SHORT_TEXT = 6;

  /** Kinds whose values say nothing when none comes twice: they are numbers of the rows. */
  private static final Set<AttributeKind> ONCE =
      EnumSet.of(AttributeKind.CODE, AttributeKind.CATEGORY, AttributeKind.NUMBER);

  private final RecordSet records;
  private final Map<String, AttributeKind> kinds = new LinkedHashMap<>();
  private final List<String> leftOut = new ArrayList<>();
  private final Map<String, FrequencyTable> tables;

  private Attributes(RecordSet records, Map<String, FrequencyTable> tables) {
    this.records = records;
    this.tables = tables;
  }

  /**
   * What was made of the columns.
   *
   * @param kinds the kind of each compared column
   * @param leftOut a sentence for each column that is not compared
   */
  record Made(List<Attribute> attributes, Map<String, AttributeKind> kinds, List<String> leftOut) {}

  static Made of(RecordSet records, LinkConfig config) {
    return of(records, config, null);
  }

  /**
   * The attributes of a fitted model, of records of any number.
   *
   * @param kinds the kind of each column that is compared
   * @param tables frequencies by what they are of
   * @param generation whether the model compares generations
   */
  static List<Attribute> fitted(
      RecordSet records,
      Map<String, AttributeKind> kinds,
      Map<String, FrequencyTable> tables,
      boolean generation) {
    Attributes made = new Attributes(records, tables);
    made.kinds.putAll(kinds);
    List<Attribute> attributes = made.attributes();
    boolean found = attributes.get(attributes.size() - 1).name().equals(GENERATION);
    if (generation && !found) {
      String[] none = new String[records.size()];
      Arrays.fill(none, "");
      attributes.add(made.value(GENERATION, new GenerationLevels(), none));
    } else if (found && !generation) {
      attributes.remove(attributes.size() - 1);
    }
    return attributes;
  }

  /**
   * @param tables takes the frequencies, by what they are of; null for nobody
   */
  static Made of(RecordSet records, LinkConfig config, Map<String, FrequencyTable> tables) {
    Attributes made = new Attributes(records, tables);
    for (String column : config.columns().keySet()) {
      if (!records.columns().contains(column)) {
        throw MatchingErrors.unknownColumn(column, records.columns());
      }
    }
    Set<String> days = new HashSet<>();
    DateColumns.dates(records.columns()).forEach(days::addAll);
    records
        .columns()
        .forEach(
            column -> {
              AttributeKind inferred =
                  days.contains(column)
                      ? AttributeKind.DATE
                      : KindInference.of(column, records.values(column));
              made.consider(column, config.columns().get(column), inferred);
            });
    made.lone();
    List<Attribute> attributes = made.attributes();
    if (attributes.isEmpty()) {
      throw MatchingErrors.nothingToCompare(
          made.leftOut.isEmpty() ? List.of("there are no columns") : made.leftOut);
    }
    return new Made(attributes, Collections.unmodifiableMap(made.kinds), List.copyOf(made.leftOut));
  }

  /** Where a short text is all there is, it is a name of something: its words tell most. */
  private void lone() {
    if (kinds.size() == 1 && kinds.containsValue(AttributeKind.TEXT)) {
      String column = kinds.keySet().iterator().next();
      if (NameAndAddress.describes(records.values(column))) {
        kinds.put(column, AttributeKind.NAME_AND_ADDRESS);
        return;
      }
      List<String> filled =
          Arrays.stream(records.values(column)).filter(value -> !value.isEmpty()).toList();
      if (KindInference.words(filled) < SHORT_TEXT) {
        kinds.put(column, AttributeKind.FULL_NAME);
      }
    }
  }

  private void consider(String column, AttributeKind told, AttributeKind inferred) {
    String[] values = records.values(column);
    AttributeKind kind = told == null ? inferred : told;
    String nothing = saysNothing(values);
    if (nothing != null || kind == AttributeKind.IGNORE) {
      leftOut.add(column + " " + (nothing == null ? "is ignored" : nothing));
      return;
    }
    if (told == null && ONCE.contains(kind) && unique(values)) {
      leftOut.add(column + " has a different value in every record");
      return;
    }
    for (Map.Entry<String, AttributeKind> other : kinds.entrySet()) {
      if (other.getValue() == kind
          && !kind.isName()
          && same(values, records.values(other.getKey()))) {
        leftOut.add(column + " repeats " + other.getKey());
        return;
      }
    }
    kinds.put(column, kind);
  }

  private static String saysNothing(String[] values) {
    List<String> two =
        Arrays.stream(values).filter(value -> !value.isEmpty()).distinct().limit(2).toList();
    return switch (two.size()) {
      case 0 -> "is empty";
      case 1 ->
          Arrays.stream(values).allMatch(two.get(0)::equals) ? "is the same everywhere" : null;
      default -> null;
    };
  }

  private static boolean unique(String[] values) {
    long filled = Arrays.stream(values).filter(value -> !value.isEmpty()).count();
    return filled == Arrays.stream(values).filter(value -> !value.isEmpty()).distinct().count();
  }

  private static boolean same(String[] values, String[] others) {
    int both = 0;
    int equal = 0;
    for (int i = 0; i < values.length; i++) {
      if (!values[i].isEmpty() && !others[i].isEmpty()) {
        both++;
        equal += values[i].equals(others[i]) ? 1 : 0;
      }
    }
    return both > values.length / 10 && equal > SAME * both;
  }

  /** Names last: they may follow from the rest, see {@link Dependence}. */
  private List<Attribute> attributes() {
    List<Attribute> attributes = new ArrayList<>();
    List<String> lines = of(AttributeKind.ADDRESS);
    if (!lines.isEmpty()) {
      attributes.add(
          text(String.join("+", lines), together(lines, " "), TextAttribute.Holds.PLACE));
    }
    LocationColumns.places(of(AttributeKind.LOCATION))
        .forEach(
            place ->
                attributes.add(
                    value(String.join("+", place), new LocationLevels(), together(place, ","))));
    List<List<String>> dates = DateColumns.dates(of(AttributeKind.DATE));
    dates.forEach(
        date -> attributes.add(value(String.join("+", date), new DateLevels(), day(date))));
    List<String> parts = dates.stream().flatMap(List::stream).toList();
    kinds.forEach(
        (column, kind) -> attributes.add(parts.contains(column) ? null : single(column, kind)));
    attributes.removeIf(Objects::isNull);
    List<String> names = nameColumns();
    if (!names.isEmpty()) {
      attributes.add(person(String.join("+", names), names(names)));
      generation(names, attributes);
    }
    return attributes;
  }

  private List<String> nameColumns() {
    return kinds.keySet().stream().filter(column -> kinds.get(column).isName()).toList();
  }

  private List<NameRole.Words> names(List<String> columns) {
    List<String[]> values = columns.stream().map(this::name).toList();
    List<Boolean> familyFirst = values.stream().map(NameAndAddress::familyFirst).toList();
    List<NameRole.Words> names = new ArrayList<>();
    for (int i = 0; i < records.size(); i++) {
      List<NameRole.Part> parts = new ArrayList<>();
      for (int c = 0; c < columns.size(); c++) {
        AttributeKind kind = kinds.get(columns.get(c));
        parts.add(new NameRole.Part(kind, values.get(c)[i], familyFirst.get(c)));
      }
      names.add(NameRole.words(parts));
    }
    return names;
  }

  private String[] name(String column) {
    return kinds.get(column) == AttributeKind.NAME_AND_ADDRESS
        ? Arrays.stream(records.values(column)).map(NameAndAddress::name).toArray(String[]::new)
        : records.values(column);
  }

  /** Jr and Sr tell apart who is alike in everything else. */
  private void generation(List<String> columns, List<Attribute> attributes) {
    String[] generations = new String[records.size()];
    boolean any = false;
    for (int i = 0; i < generations.length; i++) {
      generations[i] = "";
      for (String column : columns) {
        String found = NameRole.generation(records.value(i, column));
        generations[i] = found.isEmpty() ? generations[i] : found;
      }
      any |= !generations[i].isEmpty();
    }
    if (any) {
      attributes.add(value(GENERATION, new GenerationLevels(), generations));
    }
  }

  private List<String> of(AttributeKind kind) {
    return kinds.keySet().stream().filter(column -> kinds.get(column) == kind).toList();
  }

  private String[] together(List<String> columns, String between) {
    String[] texts = new String[records.size()];
    for (int i = 0; i < texts.length; i++) {
      int record = i;
      texts[i] =
          String.join(
              between, columns.stream().map(column -> records.value(record, column)).toList());
    }
    return texts;
  }

  /** Of a fitted model, which compares few records at a time, ages stay as they are. */
  private String[] ages(String column, String[] values) {
    List<String> names = nameColumns();
    if (tables != null || names.isEmpty() || !AgeShift.isAge(column)) {
      return values;
    }
    String[] whole = together(names, " ");
    for (int i = 0; i < whole.length; i++) {
      whole[i] = Text.words(whole[i]);
    }
    return AgeShift.atFirst(records, values, whole);
  }

  /** The mailbox of an office says who reads it of no person: it is missing where one is named. */
  private String[] personal(String[] values) {
    List<String> names = nameColumns();
    String[] personal = values.clone();
    for (int i = 0; i < personal.length; i++) {
      int record = i;
      boolean named = names.stream().anyMatch(name -> !records.value(record, name).isEmpty());
      personal[i] = named && EmailLevels.role(values[i]) ? "" : values[i];
    }
    return personal;
  }

  private String[] day(List<String> parts) {
    String[] days = new String[records.size()];
    for (int i = 0; i < days.length; i++) {
      days[i] =
          DateColumns.day(
              records.value(i, parts.get(0)),
              records.value(i, parts.get(1)),
              records.value(i, parts.get(2)));
    }
    return days;
  }

  private Attribute single(String column, AttributeKind kind) {
    String[] values = records.values(column);
    return switch (kind) {
      case TEXT -> text(column, values, TextAttribute.Holds.WORDS);
      case NAME_AND_ADDRESS ->
          text(
              column,
              Arrays.stream(values).map(NameAndAddress::address).toArray(String[]::new),
              TextAttribute.Holds.PLACE);
      case NAME_LIST -> text(column, values, TextAttribute.Holds.NAMES_OF_PERSONS);
      case DATE -> value(column, new DateLevels(), values);
      case EMAIL -> value(column, new EmailLevels(), personal(values));
      case PHONE -> value(column, new PhoneLevels(), values);
      case POSTCODE -> value(column, new PostcodeLevels(), values);
      case CATEGORY -> value(column, new CategoryLevels(column), values);
      case NUMBER -> value(column, new NumberLevels(), ages(column, values));
      case CODE -> value(column, new CodeLevels(), values);
      default -> null;
    };
  }

  private FrequencyTable table(String of) {
    return tables == null ? null : tables.computeIfAbsent(of, name -> new FrequencyTable());
  }

  private Attribute value(String name, LevelRule rule, String[] values) {
    return new ValueAttribute(name, rule, values, table(name));
  }

  private Attribute text(String name, String[] values, TextAttribute.Holds holds) {
    return new TextAttribute(name, values, holds, table(name), table(name + " words"));
  }

  private Attribute person(String name, List<NameRole.Words> names) {
    return NameAttribute.ofPersons(name, names, table(name));
  }
}
