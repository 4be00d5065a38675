package dev.tributary.pipelines.job;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The known word that a misspelt one most likely meant, by Levenshtein distance, case ignored. */
public final class Nearest {
  private Nearest() {}

  /** The nearest of {@code known}, if it is near enough to be a slip: half its length at most. */
  public static Optional<String> to(String word, Collection<String> known) {
    return known.stream()
        .min(Comparator.<String>comparingInt(k -> distance(word, k)).thenComparing(k -> k))
        .filter(k -> distance(word, k) <= Math.max(2, Math.max(word.length(), k.length()) / 2));
  }

  private static int distance(String left, String right) {
    return LevenshteinDistance.getDefaultInstance()
        .apply(left.toLowerCase(Locale.ROOT), right.toLowerCase(Locale.ROOT));
  }
}
