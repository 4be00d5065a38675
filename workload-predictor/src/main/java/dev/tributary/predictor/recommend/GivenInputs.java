package dev.tributary.predictor.recommend;

import dev.tributary.predictor.run.Run;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Whether the inputs that somebody gives for a job's next run are such as its runs have: of a name
 * that they have, finite, and not negative unless theirs were.
 */
public final class GivenInputs {
  private static final int MOST_TYPOS = 2;

  private GivenInputs() {}

  /**
   * What is wrong with one of them.
   *
   * @param input its name
   * @param unknown whether no run has an input of this name
   * @param problem a clause with the value, e.g. {@code the input gb is NaN, not a finite number}
   * @param fix what to give in its place
   */
  public record Wrong(String input, boolean unknown, String problem, String fix) {}

  /**
   * The first by name that is wrong; empty where none is.
   *
   * @param runs of the job; with none, or none that finished and none with inputs, every name may
   *     be right
   */
  public static Optional<Wrong> wrong(Map<String, Double> given, List<Run> runs) {
    TreeSet<String> known = new TreeSet<>();
    runs.forEach(run -> known.addAll(run.inputs().keySet()));
    boolean told = !known.isEmpty() || runs.stream().anyMatch(run -> run.outcome().isFinished());
    for (Map.Entry<String, Double> input : new TreeMap<>(given).entrySet()) {
      String name = input.getKey();
      if (told && !known.contains(name)) {
        return Optional.of(unknown(name, known));
      }
      double value = input.getValue();
      if (!Double.isFinite(value)) {
        return Optional.of(
            new Wrong(
                name,
                false,
                "the input %s is %s, not a finite number".formatted(name, value),
                "give a number of 0 or more"));
      }
      if (value < 0 && runs.stream().noneMatch(run -> run.inputs().getOrDefault(name, 0.0) < 0)) {
        return Optional.of(
            new Wrong(
                name,
                false,
                "the input %s is %s, and no run had less than 0".formatted(name, value),
                "give a number of 0 or more"));
      }
    }
    return Optional.empty();
  }

  private static Wrong unknown(String name, TreeSet<String> known) {
    String meant =
        known.stream()
            .filter(other -> typos(name, other) <= MOST_TYPOS)
            .min(Comparator.comparingInt(other -> typos(name, other)))
            .map(other -> "did you mean '%s'? ".formatted(other))
            .orElse("");
    return new Wrong(
        name,
        true,
        "no run of the job has an input '%s'".formatted(name),
        known.isEmpty()
            ? "give none: its runs have no inputs"
            : meant + "its runs have " + String.join(", ", known));
  }

  /** Levenshtein's distance, letters large or small. */
  private static int typos(String one, String other) {
    String left = one.toLowerCase(Locale.ROOT);
    String right = other.toLowerCase(Locale.ROOT);
    int[] row = new int[right.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[right.length()];
  }
}
