package dev.tributary.schemas.dialect;

import com.google.re2j.PatternSyntaxException;
import com.networknt.schema.regex.RegularExpression;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An ECMA-262 regular expression, as JSON Schema asks for, whose cost is bounded on every input.
 *
 * <p>Short values run on {@code java.util.regex} with a budget of {@value #BASE_STEPS} + {@value
 * #STEPS_PER_CHAR} × length character reads. Values longer than {@value #BACKTRACKING_LIMIT}
 * characters, and those that exhaust the budget, run on RE2 in linear time. A pattern RE2 cannot
 * express (look-around, back-references) has no such fallback: a value that exhausts its budget
 * raises {@link PatternBudgetException}.
 */
public final class EcmaPattern implements RegularExpression {
  private static final int BASE_STEPS = 10_000;
  private static final int STEPS_PER_CHAR = 200;
  private static final int BACKTRACKING_LIMIT = 1_000;

  private final String source;
  private final Pattern backtracking;
  private final Optional<com.google.re2j.Pattern> linear;

  private EcmaPattern(
      String source, Pattern backtracking, Optional<com.google.re2j.Pattern> linear) {
    this.source = source;
    this.backtracking = backtracking;
    this.linear = linear;
  }

  /**
   * Compiles a pattern.
   *
   * @throws java.util.regex.PatternSyntaxException when it is not a regular expression
   */
  public static EcmaPattern compile(String source) {
    String translated = new EcmaTranslation(source).translated();
    return new EcmaPattern(source, Pattern.compile(translated), linear(translated));
  }

  private static Optional<com.google.re2j.Pattern> linear(String translated) {
    try {
      return Optional.of(com.google.re2j.Pattern.compile(translated));
    } catch (PatternSyntaxException lookAroundOrBackReference) {
      return Optional.empty();
    }
  }

  /** Whether some part of the value matches; anchors are the pattern's business. */
  @Override
  public boolean matches(String value) {
    if (value.length() > BACKTRACKING_LIMIT && linear.isPresent()) {
      return linear.get().matcher(value).find();
    }
    try {
      return bounded(value).find();
    } catch (PatternBudgetException | StackOverflowError tooCostly) {
      return linear
          .orElseThrow(() -> new PatternBudgetException(source, value.length()))
          .matcher(value)
          .find();
    }
  }

  private Matcher bounded(String value) {
    return backtracking.matcher(
        new MeteredText(source, value, BASE_STEPS + (long) STEPS_PER_CHAR * value.length()));
  }

  /** A text that counts how often it is read. */
  private static final class MeteredText implements CharSequence {
    private final String pattern;
    private final String text;
    private long left;

    MeteredText(String pattern, String text, long budget) {
      this.pattern = pattern;
      this.text = text;
      this.left = budget;
    }

    @Override
    public char charAt(int index) {
      if (--left < 0) {
        throw new PatternBudgetException(pattern, text.length());
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.subSequence(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
