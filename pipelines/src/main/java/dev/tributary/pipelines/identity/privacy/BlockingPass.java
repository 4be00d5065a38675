package dev.tributary.pipelines.identity.privacy;

import dev.tributary.pipelines.identity.matching.StringDistance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One way to block: records that agree on all parts are compared. Shown as, for example, {@code
 * surname:phonetic + date_of_birth:exact}.
 */
record BlockingPass(List<Part> parts) {
  /** How a value is coarsened before it becomes part of a blocking key. */
  enum Form {
    EXACT,
    PHONETIC,
    YEAR,
    MONTH_DAY
  }

  /** A field in a form. */
  record Part(String field, Form form) {
    @Override
    public String toString() {
      return field + ":" + form.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }

  BlockingPass {
    parts = List.copyOf(parts);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("a blocking pass needs a part");
    }
  }

  /** The key of normalised values, or empty where a part is missing. */
  Optional<String> key(List<Field> fields, String[] values) {
    StringBuilder key = new StringBuilder();
    for (Part part : parts) {
      String value = form(part, fields, values);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      key.append(value).append('\u001f');
    }
    return Optional.of(key.toString());
  }

  private static String form(Part part, List<Field> fields, String[] values) {
    for (int i = 0; i < values.length; i++) {
      if (fields.get(i).name().equals(part.field())) {
        return form(part.form(), values[i]);
      }
    }
    return "";
  }

  static String form(Form form, String value) {
    return switch (form) {
      case EXACT -> value;
      case PHONETIC -> sound(value);
      case YEAR -> value.length() == 8 ? value.substring(0, 4) : "";
      case MONTH_DAY -> value.length() == 8 ? value.substring(4) : "";
    };
  }

  /** The sound of the first word; one without latin letters stands for itself. */
  private static String sound(String value) {
    String word = value.split(" ", 2)[0];
    String code = StringDistance.soundex(word);
    return code.isEmpty() ? word : (code + "000").substring(0, 4);
  }

  static BlockingPass parse(String text) {
    List<Part> parts = new ArrayList<>();
    for (String part : text.split("\\+")) {
      String[] pieces = part.strip().split(":");
      Form form =
          pieces.length < 2
              ? Form.EXACT
              : Form.valueOf(
                  pieces[1].strip().toUpperCase(java.util.Locale.ROOT).replace('-', '_'));
      parts.add(new Part(pieces[0].strip(), form));
    }
    return new BlockingPass(parts);
  }

  @Override
  public String toString() {
    return String.join(" + ", parts.stream().map(Part::toString).toList());
  }
}
