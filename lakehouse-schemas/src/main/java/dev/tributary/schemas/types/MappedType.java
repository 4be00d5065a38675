package dev.tributary.schemas.types;

import java.util.Set;
import java.util.TreeSet;

/**
 * The type of one property in one schema version with what governance says of it.
 *
 * @param type null for {@link #NEVER} and {@link #ALWAYS_NULL}, which have no type of their own
 * @param tags of the property and everything in it
 */
record MappedType(ColumnType type, Set<String> tags, String description, boolean impossible) {

  /** No value is allowed. */
  static final MappedType NEVER = new MappedType(null, Set.of(), "", true);

  /** Only null is allowed. */
  static final MappedType ALWAYS_NULL = new MappedType(null, Set.of(), "", false);

  static MappedType of(ColumnType type) {
    return new MappedType(type, Set.of(), "", false);
  }

  static MappedType json(Set<String> tags, String description) {
    return new MappedType(new ColumnType.Json(), tags, description, false);
  }

  @Override
  public ColumnType type() {
    return type == null ? new ColumnType.Json() : type;
  }

  boolean holdsJson() {
    return type() instanceof ColumnType.Json;
  }

  MappedType with(Shape shape) {
    return new MappedType(type, union(tags, shape.tags), shape.description, impossible);
  }

  MappedType tagged(Set<String> more) {
    return new MappedType(type, union(tags, more), description, impossible);
  }

  /** The type that holds the values of both. */
  MappedType join(MappedType other) {
    ColumnType joined;
    if (type == null || other.type == null) {
      joined = type == null ? other.type : type;
    } else {
      joined = TypeUnion.join(type, other.type);
    }
    return new MappedType(
        joined,
        union(tags, other.tags),
        description.isEmpty() ? other.description : description,
        impossible && other.impossible);
  }

  private static Set<String> union(Set<String> some, Set<String> more) {
    Set<String> all = new TreeSet<>(some);
    all.addAll(more);
    return all;
  }
}
