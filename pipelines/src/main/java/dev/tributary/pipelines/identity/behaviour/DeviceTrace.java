package dev.tributary.pipelines.identity.behaviour;

import java.time.LocalDate;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a device was seen to do.
 *
 * @param networks for each network how many events on which day since 1970
 * @param hours events in each hour of the day, UTC; 24 of them
 * @param pages pages that were looked at
 * @param agents user agents that it gave
 * @param logins accounts that were logged in to
 */
public record DeviceTrace(
    SortedMap<String, SortedMap<Integer, Long>> networks,
    long[] hours,
    SortedSet<String> pages,
    SortedSet<String> agents,
    SortedSet<String> logins) {
  /** Kinds of observations. */
  public static final String NETWORK = "network";

  public static final String HOUR = "hour";
  public static final String PAGE = "page";
  public static final String AGENT = "agent";
  public static final String LOGIN = "login";

  private static final int HOURS = 24;

  /** A device that nothing is known of yet. */
  public static DeviceTrace empty() {
    return new DeviceTrace(
        new TreeMap<>(), new long[HOURS], new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
  }

  /**
   * Adds an observation.
   *
   * @param kind one of the five
   * @param value a login, page, user agent, hour, or network, space and {@code yyyy-mm-dd}
   * @param observations in how many events, above 0
   */
  public void add(String kind, String value, long observations) {
    switch (kind) {
      case NETWORK -> {
        int space = value.lastIndexOf(' ');
        int day = Math.toIntExact(LocalDate.parse(value.substring(space + 1)).toEpochDay());
        networks
            .computeIfAbsent(value.substring(0, space), network -> new TreeMap<>())
            .merge(day, observations, Long::sum);
      }
      case HOUR -> hours[Integer.parseInt(value)] += observations;
      case PAGE -> pages.add(value);
      case AGENT -> agents.add(value);
      case LOGIN -> logins.add(value);
      default -> throw new IllegalArgumentException("no kind of observation: " + kind);
    }
  }

  /** Whether somebody logged in on it. */
  public boolean hasLogin() {
    return !logins.isEmpty();
  }

  /** The first day on which a network was seen; the largest integer without one. */
  public int firstDay() {
    return networks.values().stream().mapToInt(SortedMap::firstKey).min().orElse(Integer.MAX_VALUE);
  }

  long events(String network) {
    Map<Integer, Long> days = networks.get(network);
    return days == null ? 0 : days.values().stream().mapToLong(Long::longValue).sum();
  }
}
