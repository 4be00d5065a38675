package dev.tributary.pipelines.identity;

import dev.tributary.pipelines.identity.graph.Decision;
import dev.tributary.pipelines.identity.graph.GraphRules;
import dev.tributary.pipelines.identity.graph.Identifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Row;

/**
 * The households that a batch may have changed, with all their evidence: those that hold an end of
 * any evidence that came, went or counts for another person than before. From these ends on, what
 * is shared leads to all of its persons and a person to all that it shares, but nobody beyond a
 * building. The rest of the households have the evidence that they had, and so are what they were.
 */
final class TouchedHouseholds {
  /**
   * From one to what is next to it takes about 0.3 s; all at once cost less than many such steps.
   */
  private static final int MOST_STEPS = 16;

  /** The same for a person who asks. */
  private static final int MOST_STEPS_TO_ASK = 200;

  private final HouseholdLookup lookup;
  private final GraphRules rules;
  private final HouseholdDecisions decisions;
  private final Map<Identifier, Set<Identifier>> mustLinks = new HashMap<>();

  /** What is known, by login and by what is shared; all of it for those that were asked for. */
  private final Map<Long, Set<HouseholdStatement>> ofLogin = new HashMap<>();

  private final Map<Long, Set<HouseholdStatement>> ofShared = new HashMap<>();
  private final Set<Long> asked = new HashSet<>();
  private final Set<String> consents = new HashSet<>();
  private final Set<String> withdrawn = new HashSet<>();

  private final Map<Long, HouseholdLogin> logins = new HashMap<>();
  private final Map<String, Set<HouseholdLogin>> ofProfile = new HashMap<>();
  private final Map<String, Long> groups = new HashMap<>();
  private final Set<Long> readGroups = new HashSet<>();

  /** Logins whose evidence, or whose person, is not what it was. */
  private final Set<Long> dirty = new HashSet<>();

  private final Set<Long> ask = new HashSet<>();
  private final Deque<String> reached = new ArrayDeque<>();
  private final Set<String> profiles = new HashSet<>();

  /** What is shared by no more persons than a household has. */
  private final Set<Long> homes = new HashSet<>();

  /** What is shared by more: by how many. */
  private final Map<Identifier, Integer> buildings = new TreeMap<>();

  private TouchedHouseholds(
      HouseholdLookup lookup, GraphRules rules, HouseholdDecisions decisions) {
    this.lookup = lookup;
    this.rules = rules;
    this.decisions = decisions;
    for (Decision must : decisions.mustLinks()) {
      mustLinks.computeIfAbsent(must.left(), key -> new HashSet<>()).add(must.right());
      mustLinks.computeIfAbsent(must.right(), key -> new HashSet<>()).add(must.left());
    }
  }

  /** Finds them; null when they are too many, or too far apart, to be looked at one by one. */
  static TouchedHouseholds find(
      HouseholdLookup lookup, IdentityRules rules, HouseholdDecisions decisions) {
    TouchedHouseholds touched = new TouchedHouseholds(lookup, rules.household(), decisions);
    touched.begin(Households.loginTypes(rules));
    return touched.closed(MOST_STEPS);
  }

  /** Finds the households around some nodes instead; null when they are too many. */
  static TouchedHouseholds around(
      HouseholdLookup lookup,
      IdentityRules rules,
      HouseholdDecisions decisions,
      List<Identifier> nodes,
      List<HouseholdLogin> logins) {
    TouchedHouseholds touched = new TouchedHouseholds(lookup, rules.household(), decisions);
    touched.add(decisions.logins());
    touched.add(logins);
    nodes.forEach(touched::reach);
    touched.spread(Set.of());
    return touched.closed(MOST_STEPS_TO_ASK);
  }

  private TouchedHouseholds closed(int steps) {
    for (int step = 0; step < steps && !lookup.isTooMuch() && !ask.isEmpty(); step++) {
      Set<Long> shared = evidence();
      meet(met(shared), Set.of());
      if (!lookup.isTooMuch()) {
        spread(shared);
      }
    }
    return lookup.isTooMuch() || !ask.isEmpty() ? null : this;
  }

  // --- where it begins

  private void begin(Set<String> loginTypes) {
    List<HouseholdStatement> news = new ArrayList<>(lookup.news());
    news.addAll(lookup.ofNewsOfConsent());
    if (lookup.isTooMuch()) {
      return;
    }
    for (HouseholdStatement statement : news) {
      dirty.add(statement.login());
      ask.add(statement.login());
      ask.add(statement.shared());
    }
    Set<String> types = new HashSet<>(loginTypes);
    types.addAll(decisions.types());
    Map<Long, Long> changed = lookup.changed(types);
    add(decisions.logins());
    decisions.fresh().forEach(this::reach);
    List<HouseholdLogin> ofSubjects = lookup.ofNodes(lookup.newsOfSubjects());
    ofSubjects.forEach(login -> ask.add(login.login()));
    ask.addAll(changed.values());
    Set<Long> shared = evidence();
    if (lookup.isTooMuch()) {
      return;
    }
    Set<Long> nodes = new HashSet<>();
    changed.forEach(
        (node, login) -> {
          if (ofLogin.containsKey(login) || decisions.beside().containsKey(node)) {
            nodes.add(node);
            dirty.add(login);
          }
        });
    add(ofSubjects);
    ofSubjects.forEach(login -> dirty.add(login.login()));
    Set<Long> met = met(shared);
    met.addAll(dirty);
    meet(met, nodes);
    if (lookup.isTooMuch()) {
      return;
    }
    for (Long login : dirty) {
      HouseholdLogin known = logins.get(login);
      if (known != null) {
        reach(known.assigned());
        reach(known.before());
        decisions.beside().getOrDefault(known.node(), Set.of()).forEach(this::reach);
      }
    }
    spread(shared);
  }

  private Set<Long> met(Set<Long> shared) {
    Set<Long> met = new HashSet<>();
    shared.forEach(one -> ofShared.get(one).forEach(statement -> met.add(statement.login())));
    return met;
  }

  /** Finds out who logins are of which that is not known. */
  private void meet(Set<Long> some, Set<Long> nodes) {
    Set<Long> strangers = new HashSet<>(some);
    strangers.removeAll(logins.keySet());
    Set<Long> all = new HashSet<>(lookup.nodes(strangers));
    all.addAll(nodes);
    add(lookup.ofNodes(all));
  }

  private void add(Collection<HouseholdLogin> some) {
    for (HouseholdLogin login : some) {
      if (logins.put(login.login(), login) == null && login.assigned() != null) {
        ofProfile.computeIfAbsent(login.assigned(), key -> new HashSet<>()).add(login);
      }
      if (login.assigned() != null) {
        groups.putIfAbsent(login.assigned(), login.group());
      }
      if (login.before() != null) {
        groups.putIfAbsent(login.before(), login.group());
      }
    }
  }

  private void reach(String profile) {
    if (profile != null && profiles.add(profile)) {
      reached.add(profile);
    }
  }

  private void reach(Identifier node) {
    if (HouseholdResolver.isPerson(node)) {
      reach(node.value());
    } else {
      ask(HouseholdResolver.hash(node));
    }
  }

  private void ask(long end) {
    if (!asked.contains(end)) {
      ask.add(end);
    }
  }

  // --- how it spreads

  /** Reads the evidence that is asked for; gives what is shared of which all is known now. */
  private Set<Long> evidence() {
    Set<Long> ends = new HashSet<>(ask);
    ask.clear();
    asked.addAll(ends);
    Set<Long> shared = new HashSet<>();
    Set<String> news = new HashSet<>();
    for (HouseholdStatement one :
        ends.isEmpty() ? List.<HouseholdStatement>of() : lookup.statements(ends)) {
      ofLogin.computeIfAbsent(one.login(), key -> new HashSet<>()).add(one);
      ofShared.computeIfAbsent(one.shared(), key -> new HashSet<>()).add(one);
      if (ends.contains(one.shared())) {
        shared.add(one.shared());
      } else {
        ask(one.shared());
      }
      if (one.consent() != null && consents.add(one.consent())) {
        news.add(one.consent());
      }
    }
    withdrawn.addAll(lookup.withdrawn(news));
    return shared;
  }

  private void spread(Set<Long> shared) {
    shared.forEach(this::judge);
    while (!reached.isEmpty()) {
      List<String> some = new ArrayList<>(reached);
      reached.clear();
      Set<Long> theirs = new HashSet<>();
      some.forEach(profile -> theirs.add(groups.get(profile)));
      theirs.removeAll(readGroups);
      readGroups.addAll(theirs);
      add(lookup.ofGroups(theirs));
      for (String profile : some) {
        ofProfile.getOrDefault(profile, Set.of()).forEach(login -> ask(login.login()));
        mustLinks.getOrDefault(HouseholdResolver.person(profile), Set.of()).forEach(this::reach);
      }
    }
  }

  /**
   * Looks whether it is a building. If it is one, but may have been none before, its persons have
   * lost it: each of the logins that changed may have brought one person.
   */
  private void judge(long shared) {
    Set<String> persons = new HashSet<>();
    Set<Long> changed = new HashSet<>();
    Identifier node = null;
    for (HouseholdStatement one : ofShared.get(shared)) {
      node = HouseholdResolver.shared(one.sharedType(), shared);
      if (dirty.contains(one.login())) {
        changed.add(one.login());
      }
    }
    for (HouseholdEvidence one : HouseholdEvidence.of(ofShared.get(shared), withdrawn)) {
      HouseholdLogin login = logins.get(one.login());
      if (login != null && login.profile() != null) {
        persons.add(login.profile());
      }
    }
    int most = Households.mostPersons(rules, node.type());
    if (persons.size() <= most) {
      homes.add(shared);
    } else {
      buildings.put(node, persons.size());
    }
    if (persons.size() - changed.size() <= most) {
      persons.forEach(this::reach);
      mustLinks.getOrDefault(node, Set.of()).forEach(this::reach);
    }
  }

  // --- what was found

  /** The persons that may be of another household than before, also those that are no more. */
  Set<String> profiles() {
    return profiles;
  }

  /** What more persons share than a household has: by how many. */
  Map<Identifier, Integer> buildings() {
    return buildings;
  }

  /** The evidence of their households, as {@link HouseholdResolver} reads it. */
  List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (String profile : profiles) {
      for (HouseholdEvidence one : evidence(profile)) {
        if (homes.contains(one.shared())) {
          rows.add(one.row(profile));
        }
      }
    }
    for (Decision must : decisions.mustLinks()) {
      for (Identifier end : List.of(must.left(), must.right())) {
        if (HouseholdResolver.isPerson(end) && profiles.contains(end.value())) {
          rows.add(HouseholdEvidence.alone(end.value(), must.atMicros()));
        }
      }
    }
    return rows;
  }

  /** All that a person shares, also buildings. */
  Collection<HouseholdEvidence> evidence(String profile) {
    List<HouseholdEvidence> all = new ArrayList<>();
    for (HouseholdLogin login : ofProfile.getOrDefault(profile, Set.of())) {
      if (login.profile() != null && ofLogin.containsKey(login.login())) {
        all.addAll(HouseholdEvidence.of(ofLogin.get(login.login()), withdrawn));
      }
    }
    return HouseholdEvidence.ofPerson(all);
  }
}
