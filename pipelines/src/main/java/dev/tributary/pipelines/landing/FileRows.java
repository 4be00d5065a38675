package dev.tributary.pipelines.landing;

import static org.apache.spark.sql.functions.col;

import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The columns that every row of a file has before those of the file itself. */
final class FileRows {
  /** URI of the file. */
  static final String FILE = "_tributary_file";

  /** When the file was last changed. */
  static final String TIME = "_tributary_time";

  /** The row's line, or null where rows are counted. */
  static final String NUMBER = "_tributary_number";

  /** The row's bytes, or null where a row has none. */
  static final String RAW = "_tributary_raw";

  /** What is wrong with the row, or null. */
  static final String PROBLEM = "_tributary_problem";

  static final List<String> COLUMNS = List.of(FILE, TIME, NUMBER, RAW, PROBLEM);

  private FileRows() {}

  static List<Column> columns() {
    return COLUMNS.stream().map(name -> col(name)).toList();
  }

  /** The schema of rows whose file has these columns. */
  static StructType schema(StructType ofFile) {
    Stream<StructField> before =
        Stream.of(
            DataTypes.createStructField(FILE, DataTypes.StringType, false),
            DataTypes.createStructField(TIME, DataTypes.TimestampType, false),
            DataTypes.createStructField(NUMBER, DataTypes.LongType, true),
            DataTypes.createStructField(RAW, DataTypes.BinaryType, true),
            DataTypes.createStructField(PROBLEM, DataTypes.StringType, true));
    return DataTypes.createStructType(
        Stream.concat(before, Stream.of(ofFile.fields())).toArray(StructField[]::new));
  }

  /** Text columns of these names. */
  static StructType texts(List<String> names) {
    return DataTypes.createStructType(
        names.stream()
            .map(name -> DataTypes.createStructField(name, DataTypes.StringType, true))
            .toArray(StructField[]::new));
  }
}
