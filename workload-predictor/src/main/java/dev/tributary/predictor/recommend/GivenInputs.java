package dev.tributary.predictor.recommend;

import dev.tributary.predictor.run.Run;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * Whether the inputs that somebody gives for a job's next run are such as its runs have: of a name
 * that they have, finite, and not negative unless theirs were.
 */
public final class GivenInputs {
  private static final LevenshteinDistance TYPOS = new LevenshteinDistance(2);
  private static final int MOST_LISTED = 20;

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
   * What the runs of a job have.
   *
   * @param least the least value of each input that any of them has, by name
   * @param finished whether one of them finished
   */
  public record Known(SortedMap<String, Double> least, boolean finished) {
    /** Copies. */
    public Known {
      least = new TreeMap<>(least);
    }

    /** Of these runs. */
    public static Known of(List<Run> runs) {
      TreeMap<String, Double> least = new TreeMap<>();
      runs.forEach(
          run -> run.inputs().forEach((name, value) -> least.merge(name, value, Math::min)));
      return new Known(least, runs.stream().anyMatch(run -> run.outcome().isFinished()));
    }
  }

  /**
   * The first by name that is wrong; empty where none is.
   *
   * @param runs of the job; with none, or none that finished and none with inputs, every name may
   *     be right
   */
  public static Optional<Wrong> wrong(Map<String, Double> given, List<Run> runs) {
    return wrong(given, Known.of(runs));
  }

  /** The same by what all runs of the job have. */
  public static Optional<Wrong> wrong(Map<String, Double> given, Known known) {
    boolean told = !known.least().isEmpty() || known.finished();
    for (Map.Entry<String, Double> input : new TreeMap<>(given).entrySet()) {
      String name = input.getKey();
      if (told && !known.least().containsKey(name)) {
        return Optional.of(unknown(name, known.least().keySet()));
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
      if (value < 0 && known.least().getOrDefault(name, 0.0) >= 0) {
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

  private static Wrong unknown(String name, Set<String> known) {
    String meant =
        known.stream()
            .filter(other -> typos(name, other) >= 0)
            .min(Comparator.comparingInt(other -> typos(name, other)))
            .map(other -> "did you mean '%s'? ".formatted(other))
            .orElse("");
    return new Wrong(
        name,
        true,
        "no run of the job has an input '%s'".formatted(name),
        known.isEmpty()
            ? "give none: its runs have no inputs"
            : meant + "its runs have " + listed(known));
  }

  private static String listed(Set<String> known) {
    String names = known.stream().limit(MOST_LISTED).collect(Collectors.joining(", "));
    return known.size() > MOST_LISTED
        ? "%s and %d more".formatted(names, known.size() - MOST_LISTED)
        : names;
  }

  /** Letters that differ, large or small alike; -1 for more than a slip. */
  private static int typos(String one, String other) {
    return TYPOS.apply(one.toLowerCase(Locale.ROOT), other.toLowerCase(Locale.ROOT));
  }
}
