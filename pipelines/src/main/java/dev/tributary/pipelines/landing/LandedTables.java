package dev.tributary.pipelines.landing;

import dev.tributary.pipelines.lake.Analysis;
import dev.tributary.pipelines.lake.Lake;
import dev.tributary.pipelines.lake.TableName;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * What has landed, as Spark reads it for the steps after landing: by path, at a version that stays
 * the same however long a step takes.
 */
final class LandedTables {
  private static final String NAMESPACE = "silver";
  private static final String OF_A_MODEL = ".+_v\\d+";

  private final SparkSession spark;
  private final String lake;
  private final Configuration hadoop;
  private final DeltaTables tables;

  LandedTables(SparkSession spark, String lake) {
    this.spark = spark;
    this.lake = lake;
    this.hadoop = LandingFiles.hadoop(spark);
    this.tables = new DeltaTables(lake, hadoop);
  }

  SparkSession spark() {
    return spark;
  }

  String path(String table) {
    return tables.root(table);
  }

  boolean has(String table) {
    return tables.version(table).isPresent();
  }

  /** The table's newest version; -1 when there is no such table. */
  long version(String table) {
    return tables.version(table).orElse(-1L);
  }

  /** The table as it is now and stays for the reader; without rows where it is not there yet. */
  Dataset<Row> read(TableLayout layout) {
    long version = version(layout.name());
    return version < 0 ? empty(layout) : at(layout.name(), version);
  }

  /** The table as it was at a version. */
  Dataset<Row> at(String table, long version) {
    return spark.read().format("delta").option("versionAsOf", version).load(path(table));
  }

  /** Data files of a version; none where its log is gone. */
  Set<String> files(String table, long version) {
    return Analysis.orElse(() -> Set.of(at(table, version).inputFiles()), refused -> Set.of());
  }

  /** Sees to it that a fixed table is there. */
  void prepare(TableLayout layout) throws IOException {
    new TablePreparer(spark, lake, hadoop).prepare(layout);
  }

  /** The batches that are decided and not known to be finished. */
  List<BatchManifest> decided() throws IOException {
    return new Manifests(lake, hadoop).all();
  }

  /** Full names of the typed tables, {@code silver.<event>_v<model>}. */
  List<String> typed() {
    return Lake.at(lake).tables(NAMESPACE, hadoop).stream()
        .filter(name -> name.table().matches(OF_A_MODEL))
        .map(TableName::toString)
        .toList();
  }

  /** The full name of a typed table by what the timeline calls it. */
  static String typed(String shortName) {
    return NAMESPACE + "." + shortName;
  }

  private Dataset<Row> empty(TableLayout layout) {
    StructType struct = new StructType();
    for (TableLayout.ColumnSpec column : layout.columns()) {
      struct =
          struct.add(
              column.name(),
              org.apache.spark.sql.types.DataType.fromDDL(column.type().sql()),
              true);
    }
    return spark.createDataFrame(List.of(), struct);
  }
}
