package dev.tributary.pipelines.landing;

import dev.tributary.schemas.contract.ContractColumn;
import dev.tributary.schemas.contract.SqlType;
import dev.tributary.schemas.contract.TableContract;
import dev.tributary.schemas.types.ColumnType;
import java.util.List;
import java.util.Set;
import org.apache.parquet.schema.MessageType;

/**
 * A table as landing writes it: its columns in file order, and the partition column that stands in
 * the path instead.
 *
 * @param name namespace and table, e.g. {@code silver.order_completed_v1}
 * @param columns without the partition column
 * @param partitionColumn a date
 * @param statistics columns whose least and greatest values go into the Delta log
 * @param undictionaried columns of (nearly) unique values, for which Parquet need not try a
 *     dictionary
 */
record TableLayout(
    String name,
    List<ColumnSpec> columns,
    String partitionColumn,
    Set<String> statistics,
    Set<String> undictionaried) {

  /**
   * A column of the file.
   *
   * @param comment what DESCRIBE shows; may be empty
   */
  record ColumnSpec(String name, ColumnType type, boolean nullable, String comment) {

    /** A column as a contract has it. */
    static ColumnSpec of(ContractColumn column) {
      return new ColumnSpec(
          column.name(), TableLayout.type(column.type()), column.nullable(), column.description());
    }
  }

  TableLayout {
    columns = List.copyOf(columns);
    statistics = Set.copyOf(statistics);
    undictionaried = Set.copyOf(undictionaried);
  }

  /** The layout of a fixed table, as its contract has it. */
  static TableLayout of(
      TableContract contract, Set<String> statistics, Set<String> undictionaried) {
    String partition = contract.partitionBy().isEmpty() ? null : contract.partitionBy().get(0);
    List<ColumnSpec> columns =
        contract.columns().stream()
            .filter(column -> !column.name().equals(partition))
            .map(ColumnSpec::of)
            .toList();
    return new TableLayout(contract.name(), columns, partition, statistics, undictionaried);
  }

  private static ColumnType type(SqlType type) {
    return switch (type) {
      case STRING -> new ColumnType.Text();
      case BINARY -> new ColumnType.Bytes();
      case BOOLEAN -> new ColumnType.Bool();
      case INT -> new ColumnType.Int32();
      case BIGINT -> new ColumnType.Int64();
      case DOUBLE -> new ColumnType.Float64();
      case TIMESTAMP -> new ColumnType.Timestamp();
      case DATE -> new ColumnType.Date();
    };
  }

  /** The column names in file order. */
  List<String> names() {
    return columns.stream().map(ColumnSpec::name).toList();
  }

  MessageType parquet() {
    return ParquetTypes.message(name, columns);
  }

  /** Directory of the table below the lake, e.g. {@code silver/order_completed_v1}. */
  String directory() {
    return name.replace('.', '/');
  }
}
