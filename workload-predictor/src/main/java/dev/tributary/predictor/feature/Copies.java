package dev.tributary.predictor.feature;

import dev.tributary.predictor.eventlog.LogCounts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which logs hold copies of the same attempt, by what is in them, and which copy is the best. */
final class Copies {
  /** Best first. Names decide only between copies that tell the same. */
  static final Comparator<ApplicationRecord> BEST =
      Comparator.comparing(Copies::hasEnded)
          .thenComparingLong(Copies::lines)
          .thenComparing(copy -> !copy.log().incomplete())
          .thenComparing(copy -> copy.counts().damage().isEmpty())
          .reversed()
          .thenComparing(copy -> copy.log().location());

  private final Map<String, Integer> firsts = new HashMap<>();
  private final List<Integer> leaders = new ArrayList<>();

  /** Whether the application's end is in the log. */
  static boolean hasEnded(ApplicationRecord copy) {
    return copy.summary().features().get("ended") > 0;
  }

  /** The lines of which something was understood. */
  static long lines(ApplicationRecord copy) {
    LogCounts counts = copy.counts();
    return counts.lines() - counts.unparsed() - counts.oversized();
  }

  /** Adds the next log, by the attempts that it holds. */
  void add(Collection<String> attempts) {
    int log = leaders.size();
    leaders.add(log);
    for (String attempt : attempts) {
      Integer first = firsts.putIfAbsent(attempt, log);
      if (first != null) {
        join(first, log);
      }
    }
  }

  /** The numbers of the logs, copies next to each other, otherwise in the order they were added. */
  List<List<Integer>> groups() {
    Map<Integer, List<Integer>> groups = new HashMap<>();
    List<List<Integer>> ordered = new ArrayList<>();
    for (int log = 0; log < leaders.size(); log++) {
      int leader = leader(log);
      if (leader == log) {
        ordered.add(groups.computeIfAbsent(log, first -> new ArrayList<>(1)));
      }
      groups.get(leader).add(log);
    }
    return ordered;
  }

  private void join(int one, int other) {
    int first = Math.min(leader(one), leader(other));
    int second = Math.max(leader(one), leader(other));
    leaders.set(second, first);
  }

  private int leader(int log) {
    int at = log;
    while (leaders.get(at) != at) {
      leaders.set(at, leaders.get(leaders.get(at)));
      at = leaders.get(at);
    }
    return at;
  }
}
