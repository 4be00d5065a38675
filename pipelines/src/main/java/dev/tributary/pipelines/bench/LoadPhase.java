package dev.tributary.pipelines.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A time of steady load.
 *
 * @param eventsPerSecond 1 or more
 * @param duration longer than nothing
 */
public record LoadPhase(int eventsPerSecond, Duration duration) {

  private static final Pattern TEXT = Pattern.compile("([0-9]{1,9})x([0-9]{1,6})s");

  public LoadPhase {
    if (eventsPerSecond < 1) {
      throw new IllegalArgumentException("eventsPerSecond must be 1 or more: " + eventsPerSecond);
    }
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException("duration must be longer than nothing: " + duration);
    }
  }

  /** How many events this phase holds. */
  public long events() {
    return eventsPerSecond * duration.toMillis() / 1_000;
  }

  /** Phases written as {@code 5000x60s,50000x120s}; none for an empty text. */
  public static List<LoadPhase> parse(String text) {
    if (text.isBlank()) {
      return List.of();
    }
    return Arrays.stream(text.split(",")).map(LoadPhase::parseOne).toList();
  }

  /** The phases as {@link #parse} reads them. */
  public static String format(List<LoadPhase> phases) {
    return phases.stream().map(LoadPhase::toString).collect(Collectors.joining(","));
  }

  @Override
  public String toString() {
    return eventsPerSecond + "x" + duration.toSeconds() + "s";
  }

  private static LoadPhase parseOne(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a phase; write events per second and seconds, like 5000x60s");
    }
    return new LoadPhase(
        Integer.parseInt(matcher.group(1)), Duration.ofSeconds(Integer.parseInt(matcher.group(2))));
  }
}
