package dev.tributary.pipelines.identity.privacy.psi;

import java.text.Normalizer;
import java.util.Locale;

/** How identifiers are brought into one form before they are compared exactly. */
public enum IdentifierKind {
  /** Lower case, no blanks around; must hold an @. */
  EMAIL,
  /** Digits only, without a leading international 00; at least six. */
  PHONE,
  /** As it is, without blanks around, in Unicode's composed form. */
  EXACT;

  /** The normal form; empty where there is none. */
  String normal(String value) {
    String text = Normalizer.normalize(value, Normalizer.Form.NFC).strip();
    return switch (this) {
      case EXACT -> text;
      case EMAIL -> text.contains("@") ? text.toLowerCase(Locale.ROOT) : "";
      case PHONE -> {
        String digits = text.replaceAll("[^0-9]", "");
        digits = digits.startsWith("00") ? digits.substring(2) : digits;
        yield digits.length() < 6 ? "" : digits;
      }
    };
  }
}
