package dev.tributary.pipelines.identity.graph;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * Which types evidence from a source may link. Evidence from a source without a rule may link any.
 *
 * @param source of the edges, as {@link Edge#source()} has it; {@value Limit#ANY} for every source
 * @param between the pairs it may link; a type may end in {@code *}
 */
public record SourceRule(String source, List<TypePair> between) implements Serializable {
  /** Two types, in either order. */
  public record TypePair(String one, String other) implements Serializable {
    public TypePair {
      Objects.requireNonNull(one, "one");
      Objects.requireNonNull(other, "other");
    }

    boolean allows(String left, String right) {
      return (Glob.matches(one, left) && Glob.matches(other, right))
          || (Glob.matches(one, right) && Glob.matches(other, left));
    }

    @Override
    public String toString() {
      return one + " ~ " + other;
    }
  }

  public SourceRule {
    Objects.requireNonNull(source, "source");
    between = List.copyOf(between);
  }

  boolean concerns(Edge edge) {
    return source.equals(Limit.ANY) || source.equals(edge.source());
  }

  boolean allows(Edge edge) {
    return between.stream().anyMatch(pair -> pair.allows(edge.left().type(), edge.right().type()));
  }
}
