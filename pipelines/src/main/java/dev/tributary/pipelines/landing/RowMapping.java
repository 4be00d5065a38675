package dev.tributary.pipelines.landing;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.when;

import dev.tributary.pipelines.landing.SourceMapping.Entry;
import dev.tributary.pipelines.landing.SourceMapping.Members;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A mapping bound to the columns of its files: rows in, records for the landing out, whose value is
 * the wire event as JSON bytes. An expression that fails on a row ({@code CAST('n/a' AS DOUBLE)})
 * fails that row only: it goes on with its own bytes and the refusal in its headers. Who would
 * rather have NULL writes {@code try_cast}.
 */
final class RowMapping {
  private static final Map<String, String> JSON =
      Map.of(
          "ignoreNullFields", "true",
          "timestampFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX",
          "timestampNTZFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'",
          "timeZone", "UTC");

  private final List<Member> members;
  private final StructType columns;
  private final Set<String> used;

  /** One value of the event. {@code sql} is null for a column that is taken as it is. */
  private record Member(String object, String name, String sql, Column column) {
    String path() {
      return object.isEmpty() ? name : object + "." + name;
    }
  }

  private RowMapping(List<Member> members, StructType columns, Set<String> used) {
    this.members = members;
    this.columns = columns;
    this.used = used;
  }

  /**
   * Checks every expression against the columns.
   *
   * @throws dev.tributary.schemas.yaml.YamlException for the first that does not parse, names an
   *     absent column, or is not the value of one row
   */
  static RowMapping bind(SourceMapping mapping, StructType columns, RowExpressions expressions) {
    List<Member> members = new ArrayList<>();
    Set<String> used = new LinkedHashSet<>();
    add(mapping.envelope(), "", members, used, expressions);
    add(mapping.properties().entries(), "properties", members, used, expressions);
    add(mapping.context().entries(), "context", members, used, expressions);
    Set<String> named = Set.copyOf(used);
    addOthers(mapping.properties(), "properties", columns, named, members, used);
    addOthers(mapping.context(), "context", columns, named, members, used);
    return new RowMapping(members, columns, used);
  }

  private static void add(
      List<Entry> entries,
      String object,
      List<Member> members,
      Set<String> used,
      RowExpressions expressions) {
    for (Entry entry : entries) {
      used.addAll(expressions.check(entry));
      members.add(new Member(object, entry.name(), entry.sql(), expr(entry.sql())));
    }
  }

  private static void addOthers(
      Members wanted,
      String object,
      StructType columns,
      Set<String> named,
      List<Member> members,
      Set<String> used) {
    if (!wanted.others()) {
      return;
    }
    Set<String> taken = new LinkedHashSet<>(named);
    wanted.entries().forEach(entry -> taken.add(entry.name()));
    for (String column : columns.fieldNames()) {
      if (!taken.contains(column)) {
        members.add(new Member(object, column, null, RowExpressions.column(column)));
        used.add(column);
      }
    }
  }

  /** The columns that a file must have. */
  Set<String> used() {
    return used;
  }

  /**
   * Makes records of rows.
   *
   * @param rows {@link FileRows#COLUMNS} and the columns of the files
   */
  Dataset<Row> records(Dataset<Row> rows) {
    List<Column> evaluated = new ArrayList<>(FileRows.columns());
    for (int i = 0; i < members.size(); i++) {
      Member member = members.get(i);
      Column value = struct(member.column().as("v"));
      evaluated.add((member.sql() == null ? value : attempt(value)).as("m" + i));
    }
    evaluated.add(attempt(wholeRow()).as("row"));
    List<Column> written = new ArrayList<>(FileRows.columns());
    written.add(attempt(to_json(event(), JSON)).as("json"));
    written.add(col("row"));
    written.add(failures().as("failures"));
    Dataset<Row> events = rows.select(all(evaluated)).select(all(written));
    Column refusal =
        coalesce(
            col(FileRows.PROBLEM),
            when(
                col("failures").notEqual(""),
                concat_ws("", lit("the mapping fails on the row: "), col("failures"))),
            when(col("json").isNull(), lit("the row cannot be written as JSON")));
    return events.select(all(record(refusal)));
  }

  private List<Column> record(Column refusal) {
    Column raw = coalesce(col(FileRows.RAW), col("row").cast(DataTypes.BinaryType));
    Column header = struct(lit(RawRecord.REFUSED).as("key"), refusal.cast("binary").as("value"));
    return List.of(
        col(FileRows.FILE).as("landed_from"),
        lit(0).as("partition"),
        col(FileRows.NUMBER).as("offset"),
        col(FileRows.TIME).as("time"),
        when(refusal.isNull(), col("json").cast(DataTypes.BinaryType)).otherwise(raw).as("value"),
        when(refusal.isNotNull(), array(header)).as("headers"));
  }

  /** The event: the envelope's members, and the objects within it. */
  private Column event() {
    List<Column> event = new ArrayList<>(fields(""));
    for (String object : List.of("properties", "context")) {
      List<Column> fields = fields(object);
      if (!fields.isEmpty()) {
        event.add(struct(all(fields)).as(object));
      }
    }
    return struct(all(event));
  }

  private List<Column> fields(String object) {
    List<Column> fields = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      if (members.get(i).object().equals(object)) {
        fields.add(col("m" + i + ".v").as(members.get(i).name()));
      }
    }
    return fields;
  }

  /** The members whose expression failed, which is when even the struct around it is missing. */
  private Column failures() {
    List<Column> failed = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      Member member = members.get(i);
      if (member.sql() != null) {
        String told = member.path() + ": " + member.sql();
        failed.add(when(col("m" + i).isNull(), lit(told)));
      }
    }
    return concat_ws("; ", all(failed));
  }

  /** The row as JSON: what is kept of it where a file has no lines. */
  private Column wholeRow() {
    List<Column> all = new ArrayList<>();
    for (String column : columns.fieldNames()) {
      all.add(RowExpressions.column(column).as(column));
    }
    Column row = when(col(FileRows.RAW).isNull(), struct(all(all)));
    return to_json(row, JSON);
  }

  private static Column attempt(Column value) {
    return call_function(RowExpressions.ATTEMPT, value);
  }

  private static Column[] all(List<Column> columns) {
    return columns.toArray(Column[]::new);
  }
}
