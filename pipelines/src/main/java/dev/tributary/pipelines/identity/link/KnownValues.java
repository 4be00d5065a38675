package dev.tributary.pipelines.identity.link;

/**
 * Values that came lately, so that the many records that say the same share one text: names, towns
 * and postcodes of millions of records are few.
 */
final class KnownValues {
  private static final int SLOTS = 1 << 18;

  private final String[] slots = new String[SLOTS];

  /** The value itself or an equal one; null stays null. */
  String of(String value) {
    if (value == null) {
      return null;
    }
    int hash = value.hashCode();
    int slot = (hash ^ hash >>> 16) & SLOTS - 1;
    if (!value.equals(slots[slot])) {
      slots[slot] = value;
    }
    return slots[slot];
  }
}
