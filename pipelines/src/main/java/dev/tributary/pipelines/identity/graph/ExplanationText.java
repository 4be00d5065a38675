package dev.tributary.pipelines.identity.graph;

import dev.tributary.pipelines.identity.graph.PathExplanation.Apart;
import dev.tributary.pipelines.identity.graph.PathExplanation.Joined;
import dev.tributary.pipelines.identity.graph.PathExplanation.Step;
import dev.tributary.pipelines.identity.graph.PathExplanation.Unknown;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A {@link PathExplanation} in words. */
final class ExplanationText {
  private final StringBuilder text = new StringBuilder();

  private ExplanationText() {}

  static String of(PathExplanation explanation) {
    ExplanationText words = new ExplanationText();
    if (explanation instanceof Joined joined) {
      words.joined(joined);
    } else if (explanation instanceof Apart apart) {
      words.apart(apart);
    } else if (explanation instanceof Unknown unknown) {
      words.line("Nothing is known of %s.", names(unknown.unknown()));
    }
    return words.text.toString();
  }

  private void joined(Joined joined) {
    line(
        joined.profile().isHousehold()
            ? "%s and %s are of one household: %s."
            : "%s and %s are one: profile %s.",
        joined.from(),
        joined.to(),
        joined.profile().id());
    line(
        "The strongest path has %d %s; the weakest has confidence %s.",
        joined.path().size(),
        joined.path().size() == 1 ? "step" : "steps",
        figure(joined.confidence()));
    joined.path().forEach(this::step);
  }

  private void apart(Apart apart) {
    boolean households =
        Stream.concat(apart.fromProfile().stream(), apart.toProfile().stream())
            .anyMatch(Profile::isHousehold);
    line(
        households
            ? "%s (%s) and %s (%s) are of no one household."
            : "%s (%s) and %s (%s) are not one.",
        apart.from(),
        profile(apart.fromProfile()),
        apart.to(),
        profile(apart.toProfile()));
    apart.cannotLink().ifPresent(decision -> line("Decided: %s.", decision.words()));
    apart.excluded().forEach(e -> line("%s stands for nobody: %s.", e.identifier(), e.detail()));
    if (apart.path().isEmpty()) {
      line("No evidence connects them.");
      near(apart.from(), apart.nearFrom());
      near(apart.to(), apart.nearTo());
    } else {
      line("What would join them, of which %d are dropped:", apart.broken().size());
      apart.path().forEach(this::step);
    }
  }

  private static String profile(Optional<Profile> profile) {
    return profile
        .map(
            found ->
                found.isAlone()
                    ? "no household"
                    : (found.isHousehold() ? "household " : "profile ") + found.id())
        .orElse("no profile");
  }

  private void near(Identifier identifier, List<Step> near) {
    if (near.isEmpty()) {
      line("%s is linked to nothing.", identifier);
    } else {
      line("Nearest to %s:", identifier);
      near.forEach(this::step);
    }
  }

  private void step(Step step) {
    line("  %s %s %s", step.from(), step.broken() ? "-/-" : "---", step.to());
    for (Edge edge : step.evidence()) {
      line(
          "      %s, confidence %s, seen %d× from %s to %s%s%s",
          edge.rule(),
          figure(edge.confidence()),
          edge.observations(),
          day(edge.firstSeenMicros()),
          day(edge.lastSeenMicros()),
          edge.source() == null ? "" : ", source " + edge.source(),
          edge.consent() == null ? "" : ", consent " + edge.consent());
      step.dropped().stream()
          .filter(dropped -> dropped.edge().equals(edge))
          .forEach(d -> line("      dropped: %s (%s)", d.reason().words(), d.detail()));
    }
  }

  private static String names(List<Identifier> identifiers) {
    return String.join(" and ", identifiers.stream().map(Identifier::toString).toList());
  }

  private static String figure(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private static String day(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString().substring(0, 10);
  }

  private void line(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
