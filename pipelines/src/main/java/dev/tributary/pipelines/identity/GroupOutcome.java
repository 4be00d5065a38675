package dev.tributary.pipelines.identity;

import dev.tributary.pipelines.identity.Group.Assignment;
import dev.tributary.pipelines.identity.Group.Drop;
import dev.tributary.pipelines.identity.Group.EdgeKey;
import dev.tributary.pipelines.identity.Group.Member;
import dev.tributary.pipelines.identity.graph.Alias;
import dev.tributary.pipelines.identity.graph.Cause;
import dev.tributary.pipelines.identity.graph.Causes;
import dev.tributary.pipelines.identity.graph.Change;
import dev.tributary.pipelines.identity.graph.ChangeLog;
import dev.tributary.pipelines.identity.graph.Decision;
import dev.tributary.pipelines.identity.graph.DroppedEdge;
import dev.tributary.pipelines.identity.graph.Edge;
import dev.tributary.pipelines.identity.graph.GraphRules;
import dev.tributary.pipelines.identity.graph.Identifier;
import dev.tributary.pipelines.identity.graph.Profile;
import dev.tributary.pipelines.identity.graph.ProfileId;
import dev.tributary.pipelines.identity.graph.Resolution;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.InternalRow;

/** What a resolved group adds to the tables: the difference from what they hold of it. */
final class GroupOutcome {
  private static final int MOST_LISTED = 20;

  private final Group group;
  private final GroupResolver.Work work;
  private final Resolution resolution;
  private final GraphRules rules;
  private final List<Decision> decisions;
  private final Map<Identifier, String> after;
  private final Map<Identifier, String> before = new HashMap<>();
  private final Map<Identifier, Member> byIdentifier = new HashMap<>();
  private final Map<EdgeKey, DroppedEdge> dropped = new HashMap<>();
  private final List<InternalRow> rows = new ArrayList<>();
  private long batch;
  private long atMicros;

  GroupOutcome(
      Group group,
      GroupResolver.Work work,
      Resolution resolution,
      GraphRules rules,
      List<Decision> decisions) {
    this.group = group;
    this.work = work;
    this.resolution = resolution;
    this.rules = rules;
    this.decisions = decisions;
    this.after = resolution.assignment();
    group.members.values().forEach(member -> byIdentifier.put(member.identifier, member));
    group.members.values().stream()
        .filter(member -> member.profileBefore() != null)
        .forEach(member -> before.put(member.identifier, member.profileBefore()));
    for (DroppedEdge drop : work.dropped) {
      EdgeKey key = work.key(drop.edge());
      if (key != null) {
        dropped.put(key, drop);
      }
    }
  }

  List<InternalRow> rows(long batch, long atMicros, boolean rebuild) {
    this.batch = batch;
    this.atMicros = atMicros;
    group.members.forEach((node, member) -> assignment(node, member, rebuild));
    // Evidence of households makes no profiles: it makes households of those of persons.
    boolean ofPersons = group.graph == IdentityRules.GRAPHS.indexOf(GraphRules.PERSON);
    if (ofPersons) {
      resolution.profiles().forEach(this::profile);
    }
    boolean changed = !before.isEmpty() && !before.equals(after);
    if (ofPersons && changed) {
      retired();
      changes();
      aliases();
    }
    drops();
    work.newHubs.forEach(this::excluded);
    return rows;
  }

  private Outcome.Builder row(int kind, Long node) {
    return new Outcome.Builder(kind, rules.graph(), group.root, node, atMicros);
  }

  private void assignment(long node, Member member, boolean rebuild) {
    Long first = member.firstSeen();
    String profile = first == null ? null : after.get(member.identifier);
    Assignment last = member.last;
    boolean same =
        last != null
            && last.to() == null
            && Objects.equals(last.profile(), profile)
            && (first == null || last.firstSeen() == first);
    if (rebuild) {
      history(node, member, same ? null : (Long) atMicros);
    }
    if (same || last == null && first == null) {
      return;
    }
    long seen = first == null ? last.firstSeen() : first;
    Long replaced = last == null ? null : (Long) last.from();
    write(node, member, profile, new Long[] {seen, atMicros, null, replaced}, batch);
  }

  /** All of an identifier's past again, each row with its end. */
  private void history(long node, Member member, Long end) {
    List<Assignment> all = new ArrayList<>(member.history);
    all.sort(Comparator.comparingLong(Assignment::from));
    for (int i = 0; i < all.size(); i++) {
      Assignment one = all.get(i);
      Long to =
          i + 1 < all.size() ? (Long) all.get(i + 1).from() : one.to() == null ? end : one.to();
      Long[] times = {one.firstSeen(), one.from(), to, one.replaces()};
      write(node, member, one.profile(), times, one.batch());
    }
  }

  private void write(long node, Member member, String profile, Long[] times, long ofBatch) {
    rows.add(
        row(Outcome.ASSIGNMENT, node)
            .texts(member.identifier.type(), member.identifier.value(), profile)
            .times(times)
            .row(ofBatch));
  }

  private void profile(Profile profile) {
    long first = byIdentifier.get(profile.oldest()).firstSeen();
    rows.add(
        row(Outcome.PROFILE, null)
            .texts(profile.id(), profile.oldest().type(), profile.oldest().value())
            .times(first)
            .figures(profile.members().size(), profile.confidence(), profile.density())
            .row(batch));
  }

  private void retired() {
    Set<String> gone = new HashSet<>(before.values());
    gone.removeAll(new HashSet<>(after.values()));
    gone.stream()
        .sorted()
        .forEach(
            id -> rows.add(row(Outcome.PROFILE, null).texts(id).figures(0, null, null).row(batch)));
  }

  private void changes() {
    for (Change change : ChangeLog.between(before, after, causes())) {
      if (change.kind() == Change.Kind.CREATE) {
        continue;
      }
      List<String> targets = new ArrayList<>(change.to());
      if (targets.isEmpty()) {
        targets.add(null);
      }
      for (String from : change.from()) {
        for (String to : targets) {
          if (!from.equals(to)) {
            change(change, from, to);
          }
        }
      }
    }
  }

  private void change(Change change, String from, String to) {
    List<Identifier> moved =
        change.moved().stream()
            .filter(one -> from.equals(before.get(one)) && Objects.equals(to, after.get(one)))
            .toList();
    String causes =
        change.causes().stream().map(GroupOutcome::words).collect(Collectors.joining("; "));
    rows.add(
        row(Outcome.CHANGE, null)
            .texts(
                change.kind().name().toLowerCase(Locale.ROOT),
                from,
                to,
                moved.stream()
                    .limit(MOST_LISTED)
                    .map(Identifier::toString)
                    .collect(Collectors.joining(", ")),
                causes.isEmpty() ? "unknown" : causes)
            .figures(moved.size(), null, null)
            .row(batch));
  }

  private static String words(Cause cause) {
    String pair = cause.left() == null ? "" : cause.left() + " ~ " + cause.right() + " ";
    return cause.kind().name().toLowerCase(Locale.ROOT) + ": " + pair + cause.detail();
  }

  private Causes causes() {
    List<Edge> added = new ArrayList<>();
    List<Edge> gone = new ArrayList<>(work.gone);
    Set<String> consents = new HashSet<>();
    work.edges.forEach(
        (edge, key) -> {
          if (group.edges.get(key).isNew(batch)) {
            added.add(edge);
          }
        });
    work.withdrawn.forEach(
        (edge, key) -> {
          Drop drop = group.drops.get(key);
          if (drop == null || !drop.dropped()) {
            String consent = group.withdrawnConsent(key, group.edges.get(key));
            consents.add(consent);
            gone.add(resting(edge, consent));
          }
        });
    return new Causes(
        added,
        gone,
        decisions.stream().filter(group::isNew).toList(),
        List.of(),
        dropped.entrySet().stream()
            .filter(
                drop -> !isDropped(drop.getKey()) && !group.edges.get(drop.getKey()).isNew(batch))
            .map(Map.Entry::getValue)
            .toList(),
        List.of(),
        consents,
        "",
        "");
  }

  private static Edge resting(Edge edge, String consent) {
    return new Edge(
        edge.left(),
        edge.right(),
        edge.rule(),
        edge.confidence(),
        edge.firstSeenMicros(),
        edge.lastSeenMicros(),
        edge.observations(),
        edge.source(),
        consent);
  }

  private boolean isDropped(EdgeKey key) {
    Drop drop = group.drops.get(key);
    return drop != null && drop.dropped();
  }

  /**
   * An id goes by whatever profile has the identifier it was made of, so chains of merges resolve
   * in one step, and an id that lives again is its own.
   */
  private void aliases() {
    Map<String, String> aliases = new TreeMap<>();
    for (Alias alias : ChangeLog.aliases(rules.graph(), before, after)) {
      aliases.put(alias.oldId(), alias.newId());
    }
    for (Member member : group.members.values()) {
      String now = after.get(member.identifier);
      if (now == null || now.equals(member.profileBefore())) {
        continue;
      }
      String made = ProfileId.of(rules.graph(), member.identifier);
      if (member.history.stream().anyMatch(past -> made.equals(past.profile()))) {
        aliases.put(made, now);
      }
    }
    aliases.forEach((old, now) -> rows.add(row(Outcome.ALIAS, null).texts(old, now).row(batch)));
  }

  private void drops() {
    Map<EdgeKey, Object[]> now = new HashMap<>();
    dropped.forEach(
        (key, drop) ->
            now.put(
                key,
                new Object[] {
                  drop.edge(), drop.reason().name().toLowerCase(Locale.ROOT), drop.detail()
                }));
    work.withdrawn.forEach(
        (edge, key) -> {
          String consent = group.withdrawnConsent(key, group.edges.get(key));
          now.put(key, new Object[] {edge, GroupResolver.CONSENT_WITHDRAWN, "consent " + consent});
        });
    now.forEach(
        (key, drop) -> {
          Drop was = group.drops.get(key);
          if (was == null || !was.dropped() || !was.reason().equals(drop[1])) {
            drop(key, (String) drop[1], (String) drop[2], true);
          }
        });
    group.drops.forEach(
        (key, was) -> {
          if (was.dropped() && !now.containsKey(key)) {
            drop(key, was.reason(), null, false);
          }
        });
  }

  private void drop(EdgeKey key, String reason, String detail, boolean out) {
    Identifier left = group.identifierOf(key.src());
    Identifier right = group.identifierOf(key.dst());
    if (left == null || right == null) {
      return;
    }
    rows.add(
        row(Outcome.DROP, key.src())
            .texts(
                key.rule(),
                key.source(),
                key.consent(),
                left.type(),
                left.value(),
                right.type(),
                right.value(),
                reason,
                detail)
            .times(key.dst())
            .flag(out)
            .row(batch));
  }

  private void excluded(Identifier identifier, String detail) {
    group.members.forEach(
        (node, member) -> {
          if (member.identifier.equals(identifier)) {
            rows.add(
                row(Outcome.EXCLUDED, node)
                    .texts(identifier.type(), identifier.value(), "hub", detail)
                    .row(batch));
          }
        });
  }
}
