package dev.tributary.pipelines.identity.graph;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What changed between two assignments of identifiers to profiles. Identifiers that joined or left
 * a profile which kept its id, and belong to no other, are no change of profiles.
 */
public final class ChangeLog {
  private static final Comparator<Change> ORDER =
      Comparator.comparing(Change::kind)
          .thenComparing(change -> change.from().toString())
          .thenComparing(change -> change.to().toString());

  private final Map<Identifier, String> before;
  private final Map<Identifier, String> after;
  private final Set<String> idsBefore;
  private final Set<String> idsAfter;

  /** Old id → new id → identifiers that went that way, those that stayed too. */
  private final TreeMap<String, TreeMap<String, TreeSet<Identifier>>> flows = new TreeMap<>();

  private final TreeMap<String, TreeSet<String>> sources = new TreeMap<>();
  private final List<Change> changes = new ArrayList<>();

  private ChangeLog(Map<Identifier, String> before, Map<Identifier, String> after) {
    this.before = before;
    this.after = after;
    this.idsBefore = new HashSet<>(before.values());
    this.idsAfter = new HashSet<>(after.values());
    before.forEach(
        (identifier, old) -> {
          String now = after.get(identifier);
          if (now != null) {
            flows
                .computeIfAbsent(old, key -> new TreeMap<>())
                .computeIfAbsent(now, key -> new TreeSet<>())
                .add(identifier);
            sources.computeIfAbsent(now, key -> new TreeSet<>()).add(old);
          }
        });
  }

  /**
   * The changes, sorted.
   *
   * @param before profile id of each identifier of the groups that were looked at, then
   * @param after the same, now
   */
  public static List<Change> between(
      Map<Identifier, String> before, Map<Identifier, String> after, Causes causes) {
    ChangeLog log = new ChangeLog(before, after);
    log.createdAndRetired();
    log.merged();
    log.flows.keySet().forEach(log::partedFrom);
    Attribution attribution = new Attribution(before, after, causes);
    return log.changes.stream().map(attribution::explained).sorted(ORDER).toList();
  }

  /**
   * For each id that is gone but not all of whose identifiers are, the profile that answers to it:
   * the one that has the identifier the old id was made of; where that is gone, the one that has
   * most of its identifiers, and of several the smallest id.
   *
   * @param graph see {@link GraphRules#graph()}
   */
  public static List<Alias> aliases(
      String graph, Map<Identifier, String> before, Map<Identifier, String> after) {
    ChangeLog log = new ChangeLog(before, after);
    List<Alias> aliases = new ArrayList<>();
    log.flows.forEach(
        (old, targets) -> {
          if (!log.idsAfter.contains(old)) {
            aliases.add(new Alias(old, heir(graph, old, targets)));
          }
        });
    return aliases;
  }

  /**
   * The same, and aliases to replace for ids that went earlier: an id follows the identifier it was
   * made of, also when a chain of merges is undone in part.
   *
   * @param known all aliases so far, or those of the ids that the identifiers of {@code after} make
   */
  public static List<Alias> aliases(
      String graph, Map<Identifier, String> before, Map<Identifier, String> after, Aliases known) {
    List<Alias> newer = aliases(graph, before, after);
    Set<String> alive = new HashSet<>(after.values());
    Aliases all = known.and(newer, alive);
    TreeMap<String, String> followed = new TreeMap<>();
    after.forEach(
        (identifier, now) -> {
          String made = ProfileId.of(graph, identifier);
          if (all.next().containsKey(made)) {
            followed.put(made, now);
          }
        });
    boolean right =
        followed.entrySet().stream().allMatch(e -> all.resolve(e.getKey()).equals(e.getValue()));
    if (right) {
      return newer;
    }
    // A chain was undone in part, so that one wrong link may mislead many: each is told anew.
    newer.forEach(alias -> followed.putIfAbsent(alias.oldId(), alias.newId()));
    return followed.entrySet().stream().map(e -> new Alias(e.getKey(), e.getValue())).toList();
  }

  private static String heir(
      String graph, String old, TreeMap<String, TreeSet<Identifier>> targets) {
    String largest = targets.firstKey();
    for (Map.Entry<String, TreeSet<Identifier>> target : targets.entrySet()) {
      for (Identifier identifier : target.getValue()) {
        if (ProfileId.of(graph, identifier).equals(old)) {
          return target.getKey();
        }
      }
      if (target.getValue().size() > targets.get(largest).size()) {
        largest = target.getKey();
      }
    }
    return largest;
  }

  private void createdAndRetired() {
    Map<String, TreeSet<Identifier>> created = new TreeMap<>();
    after.forEach(
        (identifier, id) -> {
          if (!idsBefore.contains(id) && !sources.containsKey(id)) {
            created.computeIfAbsent(id, key -> new TreeSet<>()).add(identifier);
          }
        });
    created.forEach((id, all) -> add(Change.Kind.CREATE, List.of(), List.of(id), all));
    Map<String, TreeSet<Identifier>> retired = new TreeMap<>();
    before.forEach(
        (identifier, id) -> {
          if (!idsAfter.contains(id) && !flows.containsKey(id)) {
            retired.computeIfAbsent(id, key -> new TreeSet<>()).add(identifier);
          }
        });
    retired.forEach((id, all) -> add(Change.Kind.RETIRE, List.of(id), List.of(), all));
  }

  /** Profiles that went whole into another. */
  private void merged() {
    sources.forEach(
        (now, olds) -> {
          TreeSet<String> absorbed = new TreeSet<>();
          TreeSet<Identifier> moved = new TreeSet<>();
          for (String old : olds) {
            if (wentWhole(old, now)) {
              absorbed.add(old);
              moved.addAll(flows.get(old).get(now));
            }
          }
          if (absorbed.isEmpty()) {
            return;
          }
          boolean wasThere = idsBefore.contains(now);
          boolean merge = wasThere || absorbed.size() > 1;
          if (wasThere) {
            absorbed.add(now);
          }
          Change.Kind kind = merge ? Change.Kind.MERGE : Change.Kind.REASSIGN;
          add(kind, List.copyOf(absorbed), List.of(now), moved);
        });
  }

  private boolean wentWhole(String old, String now) {
    return !idsAfter.contains(old) && flows.get(old).size() == 1 && flows.get(old).containsKey(now);
  }

  /** What left a profile other than as a whole. */
  private void partedFrom(String old) {
    TreeMap<String, TreeSet<Identifier>> targets = flows.get(old);
    boolean livesOn = idsAfter.contains(old);
    if (!livesOn && targets.size() == 1) {
      return;
    }
    TreeSet<String> parts = new TreeSet<>();
    TreeSet<Identifier> moved = new TreeSet<>();
    targets.forEach(
        (now, identifiers) -> {
          if (now.equals(old)) {
            return;
          }
          boolean part = !idsBefore.contains(now) && sources.get(now).size() == 1;
          if (part || !livesOn) {
            parts.add(now);
            moved.addAll(identifiers);
          } else {
            add(Change.Kind.REASSIGN, List.of(old), List.of(now), identifiers);
          }
        });
    if (!parts.isEmpty()) {
      if (livesOn) {
        parts.add(old);
      }
      add(Change.Kind.SPLIT, List.of(old), List.copyOf(parts), moved);
    }
  }

  private void add(Change.Kind kind, List<String> from, List<String> to, Set<Identifier> moved) {
    changes.add(new Change(kind, from, to, List.copyOf(moved), List.of()));
  }
}
