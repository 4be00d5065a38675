package dev.tributary.schemas.registry;

import dev.tributary.schemas.compatibility.Label;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version by SchemaVer, MODEL-REVISION-ADDITION, such as {@code 1-0-2}. See <a
 * href="https://docs.snowplow.io/docs/api-reference/iglu/common-architecture/schemaver/">SchemaVer</a>.
 *
 * @param model from 1
 * @param revision from 0
 * @param addition from 0
 */
public record SchemaVersion(int model, int revision, int addition)
    implements Comparable<SchemaVersion> {
  private static final Pattern FORM =
      Pattern.compile("([1-9]\\d{0,8})-(0|[1-9]\\d{0,8})-(0|[1-9]\\d{0,8})");
  private static final Comparator<SchemaVersion> ORDER =
      Comparator.comparingInt(SchemaVersion::model)
          .thenComparingInt(SchemaVersion::revision)
          .thenComparingInt(SchemaVersion::addition);

  public SchemaVersion {
    if (model < 1 || revision < 0 || addition < 0) {
      throw RegistryErrors.notAVersion(model + "-" + revision + "-" + addition);
    }
  }

  /**
   * Reads {@code MODEL-REVISION-ADDITION}.
   *
   * @throws IllegalArgumentException when the text is no such version
   */
  public static SchemaVersion parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw RegistryErrors.notAVersion(text);
    }
    return new SchemaVersion(
        Integer.parseInt(matcher.group(1)),
        Integer.parseInt(matcher.group(2)),
        Integer.parseInt(matcher.group(3)));
  }

  /** What this version claims to be as the successor of an earlier one. */
  public Label labelAfter(SchemaVersion earlier) {
    if (model != earlier.model) {
      return Label.MODEL;
    }
    return revision != earlier.revision ? Label.REVISION : Label.ADDITION;
  }

  /** The next version with a given label. */
  public SchemaVersion next(Label label) {
    return switch (label) {
      case MODEL -> new SchemaVersion(model + 1, 0, 0);
      case REVISION -> new SchemaVersion(model, revision + 1, 0);
      case ADDITION -> new SchemaVersion(model, revision, addition + 1);
    };
  }

  @Override
  public int compareTo(SchemaVersion other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return model + "-" + revision + "-" + addition;
  }
}
