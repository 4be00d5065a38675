package dev.tributary.schemas.registry;

import java.util.Comparator;

/** A SchemaVer version, MODEL-REVISION-ADDITION. */
public record SchemaVersion(int model, int revision, int addition)
    implements Comparable<SchemaVersion> {

  private static final Comparator<SchemaVersion> ORDER =
      Comparator.comparingInt(SchemaVersion::model)
          .thenComparingInt(SchemaVersion::revision)
          .thenComparingInt(SchemaVersion::addition);

  /** Reads {@code 1-0-2}. */
  public static SchemaVersion parse(String text) {
    String[] parts = text.split("-", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a SchemaVer version; write MODEL-REVISION-ADDITION, e.g. 1-0-2");
    }
    return new SchemaVersion(
        Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
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
