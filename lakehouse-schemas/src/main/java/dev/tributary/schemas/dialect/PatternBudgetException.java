package dev.tributary.schemas.dialect;

/** A pattern that cannot run in linear time took more steps on a value than it may. */
public final class PatternBudgetException extends RuntimeException {
  PatternBudgetException(String pattern, int length) {
    super(
        "the pattern "
            + pattern
            + " backtracks without end on a value of "
            + length
            + " characters; write it without look-around and back-references",
        null,
        false,
        false);
  }
}
