package dev.tributary.predictor.output;

import dev.tributary.predictor.recommend.Assessment;
import dev.tributary.predictor.recommend.Recommendation;
import dev.tributary.predictor.recommend.Recommendation.Advice;
import dev.tributary.predictor.recommend.Recommendation.Cheapest;
import dev.tributary.predictor.recommend.Recommendation.FirstPick;
import dev.tributary.predictor.recommend.Recommendation.KnownSafe;
import dev.tributary.predictor.recommend.Recommendation.NoAdvice;
import dev.tributary.predictor.recommend.Values;
import java.util.List;
import java.util.Locale;

/** A recommendation for people: what, why, what changed, what was rejected, the frontier. */
public final class RecommendationText {
  private static final int MOST_ROWS = 12;

  private RecommendationText() {}

  /** Several lines, without one at the end. */
  public static String of(Recommendation answer) {
    StringBuilder text = new StringBuilder();
    head(text, answer);
    if (answer instanceof Advice advice) {
      advice(text, advice);
    }
    rejected(text, answer.candidates());
    frontier(text, answer);
    return text.toString().stripTrailing();
  }

  private static void head(StringBuilder text, Recommendation answer) {
    String job = answer.request().job();
    if (answer instanceof Cheapest cheapest) {
      Assessment chosen = cheapest.chosen();
      line(text, "%s: %s", job, chosen.candidate().label());
      line(
          text,
          "  runtime   %s, up to %s",
          Values.time(chosen.runtime().expected()),
          Values.time(chosen.runtime().upper()));
      chosen
          .memory()
          .ifPresent(
              memory ->
                  line(
                      text,
                      "  memory    %s, up to %s of an executor",
                      Values.mb(memory.expected()),
                      Values.mb(memory.upper())));
      cheapest
          .cpu()
          .ifPresent(cpu -> line(text, "  cpu       %.0f %% of the cores", 100 * cpu.expected()));
      line(
          text,
          "  cost      %s, up to %s; prices from %s",
          Values.usd(chosen.cost().usd()),
          Values.usd(chosen.costBound().usd()),
          chosen.candidate().offer().source());
      chosen
          .inTime()
          .ifPresent(
              share ->
                  line(
                      text,
                      "  deadline  kept with probability %s",
                      share > 0.99 ? "0.99 or more" : "%.2f".formatted(share)));
      if (chosen.costBound().interrupted() > 0) {
        line(
            text,
            "  spot      interrupted with probability %.4f, in time all the same with %.4f",
            chosen.costBound().interrupted(),
            chosen.costBound().completion());
      }
    } else if (answer instanceof KnownSafe safe) {
      line(text, "%s: %s, which is known to be safe", job, safe.cluster().label());
      line(text, "  %s", safe.why());
    } else if (answer instanceof FirstPick first) {
      line(text, "%s: %s, a first pick that is not known to do", job, first.cluster().label());
      line(text, "  %s", first.why());
      Assessment chosen = first.chosen();
      if (Double.isFinite(chosen.runtime().upper())) {
        line(
            text,
            "  others    took %s to %s, %s on average; cost %s on average, prices from %s",
            Values.time(chosen.runtime().lower()),
            Values.time(chosen.runtime().upper()),
            Values.time(chosen.runtime().expected()),
            Values.usd(chosen.cost().usd()),
            chosen.candidate().offer().source());
      }
    } else if (answer instanceof NoAdvice none) {
      line(text, "%s: no advice", job);
      line(text, "  %s", none.why());
    }
  }

  private static void advice(StringBuilder text, Advice advice) {
    line(
        text,
        "  executor  heap %d MiB, overhead %d MiB, off-heap %d MiB",
        advice.container().heapMib(),
        advice.container().overheadMib(),
        advice.container().offHeapMib());
    if (!advice.changes().isEmpty()) {
      line(text, "changed since the latest run");
      advice
          .changes()
          .forEach(
              change ->
                  line(
                      text,
                      "  %s: %s → %s (%s)",
                      change.setting(),
                      change.from(),
                      change.to(),
                      change.why()));
    }
    if (!advice.carriedOver().isEmpty()) {
      line(text, "carried over");
      advice
          .carriedOver()
          .forEach(
              value ->
                  line(
                      text,
                      "  %s = %s%s",
                      value.setting(),
                      value.value(),
                      value.note().isEmpty() ? "" : ": " + value.note()));
    }
  }

  private static void rejected(StringBuilder text, List<Assessment> candidates) {
    Rejections all = Rejections.of(candidates);
    if (!all.counts().isEmpty()) {
      line(text, "rejected, of %d candidates", candidates.size());
      all.counts()
          .forEach(
              (reason, count) ->
                  line(
                      text, "  %5d %s, e.g. %s", count, reason.text(), all.examples().get(reason)));
    }
  }

  private static void frontier(StringBuilder text, Recommendation answer) {
    List<Assessment> frontier = answer.frontier();
    if (frontier.isEmpty()) {
      return;
    }
    line(text, "cost and time, at their bounds");
    int shown = 0;
    for (int i = 0; i < frontier.size(); i++) {
      Assessment of = frontier.get(i);
      boolean step =
          i == 0 || i * MOST_ROWS / frontier.size() > (i - 1) * MOST_ROWS / frontier.size();
      if (step || of.rejection().isEmpty()) {
        shown++;
        line(
            text,
            "  %-32s %14s %14s  %s",
            of.candidate().label(),
            Values.time(of.runtime().upper()),
            Values.usd(of.costBound().usd()),
            of.rejection().map(why -> why.reason().text()).orElse("chosen"));
      }
    }
    if (frontier.size() > shown) {
      line(text, "  and %d between these", frontier.size() - shown);
    }
  }

  private static void line(StringBuilder text, String pattern, Object... values) {
    text.append(String.format(Locale.ROOT, pattern, values)).append('\n');
  }
}
