package dev.tributary.pipelines.identity.privacy;

import java.util.Locale;

/** What a column holds, as far as encoding and blocking care. */
public enum FieldKind {
  /** A name or another short word: padded bigrams; blocks by sound. */
  NAME,
  /** Several words: padded bigrams; blocks by the sound of its first word. */
  TEXT,
  /** A calendar date: digits by place, year, month, day; blocks whole, by year, by day. */
  DATE,
  /** Nearly unique by itself (e-mail, phone, insurance number); blocks alone. */
  IDENTIFIER,
  /** A short code or number (postcode, house number); blocks whole. */
  CODE,
  /** One of a few values (sex, state): equal or not; never blocks. */
  CATEGORY;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
