package dev.tributary.pipelines.identity.graph;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Why two identifiers are in one profile, or why they are not. */
public sealed interface PathExplanation {
  /** The two, as they were asked for. */
  Identifier from();

  /** The two, as they were asked for. */
  Identifier to();

  /** For people: a heading and a line for each step. */
  default String text() {
    return ExplanationText.of(this);
  }

  /**
   * From one identifier to the next.
   *
   * @param evidence all evidence on the pair, the strongest first
   * @param dropped what of it joins nothing, and why; empty in a path that joins
   */
  record Step(Identifier from, Identifier to, List<Edge> evidence, List<DroppedEdge> dropped) {
    public Step {
      evidence = List.copyOf(evidence);
      dropped = List.copyOf(dropped);
    }

    /** Of the strongest evidence. */
    public double confidence() {
      return evidence.get(0).confidence();
    }

    /** Whether nothing on this pair joins. */
    public boolean broken() {
      return dropped.size() == evidence.size();
    }
  }

  /**
   * They are one.
   *
   * @param profile that both are in
   * @param path the strongest: none has a stronger weakest step, and of those none is shorter
   * @param confidence of its weakest step
   */
  record Joined(Identifier from, Identifier to, Profile profile, List<Step> path, double confidence)
      implements PathExplanation {
    public Joined {
      Objects.requireNonNull(profile, "profile");
      path = List.copyOf(path);
    }
  }

  /**
   * They are two.
   *
   * @param fromProfile empty when the identifier is excluded
   * @param toProfile empty when the identifier is excluded
   * @param path what would join them if nothing were dropped: with as few broken steps as can be;
   *     empty when no evidence connects them
   * @param excluded of the two, those that stand for nobody
   * @param nearFrom identifiers that the first is directly linked to, the strongest first
   * @param nearTo the same of the second
   * @param cannotLink the decision that holds the two themselves apart
   */
  record Apart(
      Identifier from,
      Identifier to,
      Optional<Profile> fromProfile,
      Optional<Profile> toProfile,
      List<Step> path,
      List<Excluded> excluded,
      List<Step> nearFrom,
      List<Step> nearTo,
      Optional<Decision> cannotLink)
      implements PathExplanation {
    public Apart {
      path = List.copyOf(path);
      excluded = List.copyOf(excluded);
      nearFrom = List.copyOf(nearFrom);
      nearTo = List.copyOf(nearTo);
    }

    /** The steps of the path that are dropped. */
    public List<Step> broken() {
      return path.stream().filter(Step::broken).toList();
    }
  }

  /** Nothing is known of these. */
  record Unknown(Identifier from, Identifier to, List<Identifier> unknown)
      implements PathExplanation {
    public Unknown {
      unknown = List.copyOf(unknown);
    }
  }

  /**
   * Explains.
   *
   * @param nodes of the components of both; as given to {@link ComponentResolver#resolve}
   */
  static PathExplanation between(
      Identifier from,
      Identifier to,
      GraphRules rules,
      Collection<Node> nodes,
      Collection<Edge> edges,
      Collection<Decision> decisions) {
    Resolution resolution = new ComponentResolver(rules).resolve(nodes, edges, decisions);
    return between(from, to, resolution, decisions);
  }

  /**
   * Explains what was resolved.
   *
   * @param decisions that the resolution was made with
   */
  static PathExplanation between(
      Identifier from, Identifier to, Resolution resolution, Collection<Decision> decisions) {
    Paths paths = new Paths(resolution);
    List<Identifier> unknown = new ArrayList<>();
    for (Identifier end : List.of(from, to)) {
      if (!paths.knows(end) && !unknown.contains(end)) {
        unknown.add(end);
      }
    }
    if (!unknown.isEmpty()) {
      return new Unknown(from, to, unknown);
    }
    Optional<Profile> profile = paths.profile(from);
    if (profile.isPresent() && profile.equals(paths.profile(to))) {
      List<Step> path = paths.strongest(from, to);
      double confidence = path.stream().mapToDouble(Step::confidence).min().orElse(1);
      return new Joined(from, to, profile.get(), path, confidence);
    }
    return apart(from, to, paths, resolution, decisions);
  }

  private static Apart apart(
      Identifier from,
      Identifier to,
      Paths paths,
      Resolution resolution,
      Collection<Decision> decisions) {
    Optional<Decision> cannot =
        decisions.stream()
            .sorted()
            .filter(d -> isPair(d, from, to))
            .findFirst()
            .filter(d -> d.kind() == Decision.Kind.CANNOT_LINK);
    return new Apart(
        from,
        to,
        paths.profile(from),
        paths.profile(to),
        paths.leastBroken(from, to),
        resolution.excluded().stream()
            .filter(e -> e.identifier().equals(from) || e.identifier().equals(to))
            .toList(),
        paths.near(from),
        paths.near(to),
        cannot);
  }

  private static boolean isPair(Decision decision, Identifier one, Identifier other) {
    return (decision.left().equals(one) && decision.right().equals(other))
        || (decision.left().equals(other) && decision.right().equals(one));
  }
}
