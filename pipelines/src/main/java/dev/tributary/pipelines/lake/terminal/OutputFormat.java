package dev.tributary.pipelines.lake.terminal;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How results are written. */
public enum OutputFormat {
  /** Aligned, in a box, for people. */
  TABLE,
  /** RFC 4180 with a header line; NULL is an empty field, an empty text is {@code ""}. */
  CSV,
  /** One JSON object a row, a row a line. */
  JSON;

  /** Reads {@code table}, {@code csv} or {@code json}. */
  public static OutputFormat parse(String text) {
    return Arrays.stream(values())
        .filter(format -> format.toString().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Unknown output format '"
                        + text
                        + "': it is one of "
                        + Arrays.stream(values())
                            .map(OutputFormat::toString)
                            .collect(Collectors.joining(", "))));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
