package dev.tributary.pipelines.lake;

import java.util.Locale;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A table or view of the lake, {@code <namespace>.<table>}, for example {@code
 * silver.order_completed_v1}. Both parts are single directory names, so no name can point outside
 * the lake; they compare as Spark's do, without regard to case.
 *
 * @param namespace directory below the lake, in lower case
 * @param table directory below the namespace, or the name of a view
 */
public record TableName(String namespace, String table) implements Comparable<TableName> {
  private static final Pattern PART = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}_.-]*");
  private static final Pattern OF_A_MODEL = Pattern.compile("(.+)_v(\\d{1,9})");

  public TableName {
    check(namespace);
    check(table);
    namespace = namespace.toLowerCase(Locale.ROOT);
  }

  /** Reads {@code namespace.table}; back quotes around the parts are allowed. */
  public static TableName parse(String text) {
    Objects.requireNonNull(text, "text");
    String plain = text.replace("`", "");
    int dot = plain.indexOf('.');
    if (dot < 0) {
      throw LakeErrors.notATableName(text);
    }
    return new TableName(plain.substring(0, dot), plain.substring(dot + 1));
  }

  static boolean isPart(String part) {
    return part != null && PART.matcher(part).matches();
  }

  /** The view over all models that this table belongs to: {@code x_v3} → {@code x}. */
  TableName view() {
    Matcher matcher = OF_A_MODEL.matcher(table);
    return matcher.matches() ? new TableName(namespace, matcher.group(1)) : this;
  }

  /** The schema model in the name, {@code x_v3} → 3. */
  OptionalInt model() {
    Matcher matcher = OF_A_MODEL.matcher(table);
    return matcher.matches()
        ? OptionalInt.of(Integer.parseInt(matcher.group(2)))
        : OptionalInt.empty();
  }

  /** {@code `namespace`.`table`}, as it may stand in any SQL text. */
  public String quoted() {
    return "`" + namespace + "`.`" + table + "`";
  }

  private String key() {
    return toString().toLowerCase(Locale.ROOT);
  }

  @Override
  public int compareTo(TableName other) {
    return key().compareTo(other.key());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TableName name && key().equals(name.key());
  }

  @Override
  public int hashCode() {
    return key().hashCode();
  }

  @Override
  public String toString() {
    return namespace + "." + table;
  }

  private static void check(String part) {
    if (!isPart(part)) {
      throw LakeErrors.notATableName(String.valueOf(part));
    }
  }
}
