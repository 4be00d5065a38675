package dev.tributary.pipelines.identity.behaviour;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/** What is compared between two devices, and the level that each comparison reaches. */
public enum Comparison {
  /** How many devices the smallest network in common has. */
  NETWORK_SIZE("devices on the smallest network in common", "2", "3", "4", "5-6", "7-10", "11-20"),
  /** What the smallest network in common is: a provider may put many homes behind one address. */
  NETWORK_KIND("the smallest network in common", "IPv4 address", "IPv6 /64"),
  /** Days between the two being on one of the small networks in common. */
  DAYS_APART("days between them there", "0", "1-2", "3-6", "7 or more"),
  /** Whether they come back to it a week later: to a home, not to an address on loan. */
  COMING_BACK("devices that were there a week apart", "0", "1", "2"),
  /** Networks in common besides the smallest, public ones too. */
  FURTHER_NETWORKS("further networks in common", "0", "1", "2 or more"),
  /** The share of events on small networks in common, of the device with the smaller share. */
  TIME_THERE("share of events there", "under 25 %", "25-50 %", "50-80 %", "80 % or more"),
  /** How far the hours of the day overlap. */
  HOURS("overlap of hours", "under 20 %", "20-50 %", "50 % or more"),
  /** Pages in common that few devices look at. */
  PAGES("rare pages in common", "0", "1", "2 or more"),
  /** User agents. */
  AGENT("user agents", "unknown", "different", "one maker's", "equal");

  /** A network that more devices are on is a public one: it makes no candidates. */
  public static final int MOST_DEVICES = 20;

  private static final int BIN_HOURS = 3;
  private static final int WEEK = 7;

  private final String label;
  private final List<String> levels;

  Comparison(String label, String... levels) {
    this.label = label;
    this.levels = List.of(levels);
  }

  /** What it is, for people. */
  public String label() {
    return label;
  }

  /** A label for each level. */
  public List<String> levels() {
    return levels;
  }

  /**
   * The level of each comparison, in the order of the constants.
   *
   * @param sizes how many devices are on each network in common
   * @param rare pages that few devices look at are those outside this set
   */
  static int[] levels(
      DeviceTrace one, DeviceTrace other, Map<String, Integer> sizes, Set<String> common) {
    TreeSet<String> shared = new TreeSet<>(one.networks().keySet());
    shared.retainAll(other.networks().keySet());
    TreeSet<String> small = new TreeSet<>(shared);
    small.removeIf(network -> sizes.getOrDefault(network, 2) > MOST_DEVICES);
    int least = small.stream().mapToInt(n -> sizes.getOrDefault(n, 2)).min().orElse(MOST_DEVICES);
    int[] levels = new int[values().length];
    levels[NETWORK_SIZE.ordinal()] =
        least <= 4 ? Math.max(0, least - 2) : least <= 6 ? 3 : least <= 10 ? 4 : 5;
    boolean v6 =
        small.stream().anyMatch(n -> sizes.getOrDefault(n, 2) == least && n.indexOf(':') >= 0);
    levels[NETWORK_KIND.ordinal()] = v6 ? 1 : 0;
    int apart = small.stream().mapToInt(n -> apart(one, other, n)).min().orElse(7);
    levels[DAYS_APART.ordinal()] = apart == 0 ? 0 : apart <= 2 ? 1 : apart <= 6 ? 2 : 3;
    int back = small.stream().mapToInt(n -> back(one, n) + back(other, n)).max().orElse(0);
    levels[COMING_BACK.ordinal()] = back;
    levels[FURTHER_NETWORKS.ordinal()] = Math.max(0, Math.min(2, shared.size() - 1));
    double there = Math.min(share(one, small), share(other, small));
    levels[TIME_THERE.ordinal()] = there < 0.25 ? 0 : there < 0.5 ? 1 : there < 0.8 ? 2 : 3;
    double hours = overlap(one.hours(), other.hours());
    levels[HOURS.ordinal()] = hours < 0.2 ? 0 : hours < 0.5 ? 1 : 2;
    levels[PAGES.ordinal()] = (int) Math.min(2, pages(one, other, common));
    levels[AGENT.ordinal()] = agents(one, other);
    return levels;
  }

  private static int apart(DeviceTrace one, DeviceTrace other, String network) {
    SortedMap<Integer, Long> days = one.networks().get(network);
    int apart = Integer.MAX_VALUE;
    for (int day : other.networks().get(network).keySet()) {
      for (int mine : days.keySet()) {
        apart = Math.min(apart, Math.abs(day - mine));
      }
    }
    return apart;
  }

  private static int back(DeviceTrace device, String network) {
    SortedMap<Integer, Long> days = device.networks().get(network);
    return days.lastKey() - days.firstKey() >= WEEK ? 1 : 0;
  }

  private static double share(DeviceTrace device, Set<String> networks) {
    long all = device.networks().keySet().stream().mapToLong(device::events).sum();
    return all == 0 ? 0 : (double) networks.stream().mapToLong(device::events).sum() / all;
  }

  private static double overlap(long[] one, long[] other) {
    double sumOne = java.util.Arrays.stream(one).sum();
    double sumOther = java.util.Arrays.stream(other).sum();
    if (sumOne == 0 || sumOther == 0) {
      return 0;
    }
    double overlap = 0;
    for (int hour = 0; hour < one.length; hour += BIN_HOURS) {
      long mine = 0;
      long others = 0;
      for (int h = hour; h < hour + BIN_HOURS; h++) {
        mine += one[h];
        others += other[h];
      }
      overlap += Math.min(mine / sumOne, others / sumOther);
    }
    return overlap;
  }

  private static long pages(DeviceTrace one, DeviceTrace other, Set<String> common) {
    return one.pages().stream()
        .filter(page -> other.pages().contains(page) && !common.contains(page))
        .count();
  }

  private static int agents(DeviceTrace one, DeviceTrace other) {
    if (one.agents().isEmpty() || other.agents().isEmpty()) {
      return 0;
    }
    if (one.agents().stream().anyMatch(other.agents()::contains)) {
      return 3;
    }
    Set<String> makers = new TreeSet<>();
    one.agents().forEach(agent -> makers.add(maker(agent)));
    return other.agents().stream().anyMatch(agent -> makers.contains(maker(agent))) ? 2 : 1;
  }

  private static String maker(String agent) {
    for (String word : List.of("iPhone", "iPad", "Macintosh")) {
      if (agent.contains(word)) {
        return "Apple";
      }
    }
    for (String word : List.of("Windows", "Android", "CrOS", "Linux")) {
      if (agent.contains(word)) {
        return word;
      }
    }
    return agent;
  }
}
