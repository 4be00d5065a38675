package dev.tributary.schemas.dialect;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Format;
import com.networknt.schema.Formats;
import com.networknt.schema.ValidationContext;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The formats that are asserted in every draft. All other names are annotations. Each has a limit
 * of length, above which a value does not have the format: some are checked by backtracking
 * expressions.
 */
public final class AssertedFormats {
  /**
   * Format → longest value in characters (RFC 1035, 3696, 4291; a URI is given the 64 Ki of a long
   * text).
   */
  private static final Map<String, Integer> LONGEST =
      Map.of(
          "date-time", 64,
          "date", 32,
          "time", 64,
          "email", 320,
          "hostname", 253,
          "ipv4", 15,
          "ipv6", 45,
          "uri", 65_536,
          "uuid", 36);

  static final List<Format> ALL =
      Formats.DEFAULT.stream()
          .filter(format -> LONGEST.containsKey(format.getName()))
          .<Format>map(format -> new Limited(format, LONGEST.get(format.getName())))
          .toList();

  private AssertedFormats() {}

  /** The names of the asserted formats. */
  public static Set<String> names() {
    return ALL.stream().map(Format::getName).collect(Collectors.toUnmodifiableSet());
  }

  /** The longest value, in characters, that has a format; empty when the format is not asserted. */
  public static OptionalInt longest(String format) {
    Integer longest = LONGEST.get(format);
    return longest == null ? OptionalInt.empty() : OptionalInt.of(longest);
  }

  private record Limited(Format format, int longest) implements Format {
    @Override
    public String getName() {
      return format.getName();
    }

    @Override
    public String getMessageKey() {
      return format.getMessageKey();
    }

    @Override
    public boolean matches(
        ExecutionContext context, ValidationContext validationContext, String value) {
      return value.length() <= longest
          && !value.endsWith("\n")
          && format.matches(context, validationContext, value);
    }
  }
}
