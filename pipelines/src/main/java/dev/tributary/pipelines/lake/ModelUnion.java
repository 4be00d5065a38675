package dev.tributary.pipelines.lake;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The view over all models of an event: the rows of every table, columns matched by name without
 * regard to case. A column that a model lacks is null there; where models differ in type the column
 * has their {@linkplain CommonType common type}. Columns stand in the order of the newest model,
 * followed by those that only older ones have.
 *
 * @param schema the view's columns, all nullable where any model lacks one
 * @param sql the view's query, fully qualified
 */
record ModelUnion(StructType schema, String sql) {

  static ModelUnion of(List<TableName> models, Function<TableName, StructType> schemas) {
    List<TableName> newestFirst =
        models.stream()
            .sorted(Comparator.comparingInt((TableName it) -> it.model().orElse(0)).reversed())
            .toList();
    Map<TableName, StructType> byModel = new LinkedHashMap<>();
    newestFirst.forEach(name -> byModel.put(name, schemas.apply(name)));
    StructType schema = merge(List.copyOf(byModel.values()));
    String sql =
        byModel.entrySet().stream()
            .sorted(Comparator.comparingInt(it -> it.getKey().model().orElse(0)))
            .map(model -> select(model.getKey(), model.getValue(), schema))
            .collect(Collectors.joining("\nUNION ALL\n"));
    return new ModelUnion(schema, sql);
  }

  private static StructType merge(List<StructType> schemas) {
    Map<String, StructField> fields = new LinkedHashMap<>();
    for (StructType schema : schemas) {
      for (StructField field : schema.fields()) {
        fields.merge(key(field.name()), plain(field), ModelUnion::widen);
      }
    }
    return new StructType(fields.values().toArray(StructField[]::new));
  }

  /** Comments go along; defaults, generation and constraints are the tables' own affair. */
  private static StructField plain(StructField field) {
    StructField plain = new StructField(field.name(), field.dataType(), true, null);
    StructField bare =
        new StructField(
            plain.name(), plain.dataType(), true, org.apache.spark.sql.types.Metadata.empty());
    return field.getComment().isDefined() ? bare.withComment(field.getComment().get()) : bare;
  }

  private static StructField widen(StructField one, StructField other) {
    DataType type = CommonType.of(one.dataType(), other.dataType());
    return new StructField(one.name(), type, true, one.metadata());
  }

  private static String select(TableName model, StructType has, StructType wanted) {
    Map<String, StructField> present = new LinkedHashMap<>();
    for (StructField field : has.fields()) {
      present.put(key(field.name()), field);
    }
    List<String> columns = new ArrayList<>();
    for (StructField field : wanted.fields()) {
      StructField source = present.get(key(field.name()));
      String value =
          source == null
              ? CommonType.nullOf(field.dataType())
              : CommonType.convert(
                  CommonType.quote(source.name()), source.dataType(), field.dataType());
      columns.add(value + " AS " + CommonType.quote(field.name()));
    }
    return "SELECT " + String.join(", ", columns) + " FROM spark_catalog." + model.quoted();
  }

  private static String key(String column) {
    return column.toLowerCase(Locale.ROOT);
  }
}
