package dev.tributary.pipelines.identity;

import dev.tributary.schemas.contract.TableContract;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/**
 * What is asked of the rows that are looked for by a key.
 *
 * @param key name of a column of type {@code bigint}
 * @param values names of further columns
 * @param presence names of columns of text of which only counts whether there is one; what it says
 *     is left open
 */
record KeyedColumns(String key, List<String> values, List<String> presence) {
  KeyedColumns {
    values = List.copyOf(values);
    presence = List.copyOf(presence);
  }

  KeyedColumns(String key, String... values) {
    this(key, List.of(values), List.of());
  }

  private Stream<String> names() {
    return Stream.of(List.of(key), values, presence).flatMap(List::stream);
  }

  /** The columns as a table has them, the key first. */
  StructType schema(TableContract table) {
    StructType all = IdentityTables.schema(table);
    StructType some = new StructType();
    for (String name : names().toList()) {
      some = some.add(all.apply(name));
    }
    return some;
  }

  /** The columns of other rows of the table. */
  Column[] columns() {
    return names().map(functions::col).toArray(Column[]::new);
  }
}
