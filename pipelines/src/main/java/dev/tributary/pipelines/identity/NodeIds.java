package dev.tributary.pipelines.identity;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import dev.tributary.pipelines.identity.graph.Identifier;
import org.apache.spark.sql.Column;

/**
 * What the tables call an identifier by: a hash of its graph, its type and its value in the one
 * spelling of the type, the same in every run and region. All tables have these; they must never be
 * made in another way.
 */
final class NodeIds {
  private NodeIds() {}

  static Column of(Column graph, Column type, Column value) {
    return xxhash64(graph, type, value);
  }

  static Column of(String graph, Column type, Column value) {
    return of(lit(graph), type, value);
  }

  static Column of(String graph, Identifier identifier) {
    return of(graph, lit(identifier.type()), lit(identifier.value()));
  }
}
