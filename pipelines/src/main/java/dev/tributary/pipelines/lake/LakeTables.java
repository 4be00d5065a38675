package dev.tributary.pipelines.lake;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.TableIdentifier;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.catalyst.catalog.BucketSpec;
import org.apache.spark.sql.catalyst.catalog.CatalogStatistics;
import org.apache.spark.sql.catalyst.catalog.CatalogStorageFormat;
import org.apache.spark.sql.catalyst.catalog.CatalogTable;
import org.apache.spark.sql.catalyst.catalog.CatalogTableType;
import org.apache.spark.sql.connector.catalog.DelegatingCatalogExtension;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.V1Table;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Describes what lies in the lake the way a metastore would: a Delta table as an external table
 * with its location, a view by its text. Delta's own catalog, given this as the catalog it extends,
 * makes Delta tables of the former, so nothing here touches Delta's internals.
 */
final class LakeTables extends DelegatingCatalogExtension {
  private final SparkSession spark;
  private final Lake lake;

  LakeTables(SparkSession spark, Lake lake) {
    this.spark = spark;
    this.lake = lake;
  }

  @Override
  public Table loadTable(Identifier identifier) throws NoSuchTableException {
    TableName asked = LakeCatalog.nameOf(identifier);
    Configuration hadoop = spark.sessionState().newHadoopConf();
    var found = lake.find(asked, hadoop);
    if (found.isPresent()) {
      return new V1Table(table(found.get()));
    }
    List<TableName> models = models(asked, hadoop);
    if (!models.isEmpty()) {
      return new V1Table(view(models));
    }
    LakeViews.View declared =
        LakeViews.find(asked, lake, hadoop).orElseThrow(() -> new NoSuchTableException(identifier));
    return new V1Table(view(asked, spark.sql(declared.sql()).schema(), declared.sql()));
  }

  private List<TableName> models(TableName view, Configuration hadoop) {
    return lake.tables(view.namespace(), hadoop).stream()
        .filter(name -> name.model().isPresent() && name.view().equals(view))
        .toList();
  }

  private CatalogTable table(TableName name) {
    CatalogStorageFormat empty = CatalogStorageFormat.empty();
    CatalogStorageFormat storage =
        new CatalogStorageFormat(
            Option.apply(location(name)),
            empty.inputFormat(),
            empty.outputFormat(),
            empty.serde(),
            empty.compressed(),
            empty.properties());
    return describe(
        name, CatalogTableType.EXTERNAL(), storage, new StructType(), "delta", Map.of(), null);
  }

  private URI location(TableName name) {
    return new org.apache.hadoop.fs.Path(lake.tablePath(name)).toUri();
  }

  private CatalogTable view(List<TableName> models) {
    ModelUnion union = ModelUnion.of(models, this::schemaOf);
    return view(models.get(0).view(), union.schema(), union.sql());
  }

  private static CatalogTable view(TableName name, StructType schema, String sql) {
    return describe(
        name,
        CatalogTableType.VIEW(),
        CatalogStorageFormat.empty(),
        schema,
        null,
        viewProperties(schema),
        sql);
  }

  private StructType schemaOf(TableName name) {
    return spark.read().format("delta").load(lake.tablePath(name)).schema();
  }

  /** What Spark itself would have noted at CREATE VIEW. */
  private static Map<String, String> viewProperties(StructType schema) {
    Map<String, String> properties = new HashMap<>();
    properties.put(CatalogTable.VIEW_CATALOG_AND_NAMESPACE(), "2");
    properties.put(CatalogTable.VIEW_CATALOG_AND_NAMESPACE_PART_PREFIX() + "0", "spark_catalog");
    properties.put(CatalogTable.VIEW_CATALOG_AND_NAMESPACE_PART_PREFIX() + "1", "default");
    properties.put(CatalogTable.VIEW_SQL_CONFIG_PREFIX() + "spark.sql.session.timeZone", "UTC");
    String[] columns = schema.fieldNames();
    properties.put(CatalogTable.VIEW_QUERY_OUTPUT_NUM_COLUMNS(), Integer.toString(columns.length));
    for (int i = 0; i < columns.length; i++) {
      properties.put(CatalogTable.VIEW_QUERY_OUTPUT_COLUMN_NAME_PREFIX() + i, columns[i]);
    }
    return properties;
  }

  private static CatalogTable describe(
      TableName name,
      CatalogTableType type,
      CatalogStorageFormat storage,
      StructType schema,
      String provider,
      Map<String, String> properties,
      String viewText) {
    scala.collection.immutable.Map<String, String> none = scalaMap(Map.of());
    return new CatalogTable(
        new TableIdentifier(
            name.table(), Option.apply(name.namespace()), Option.apply("spark_catalog")),
        type,
        storage,
        schema,
        Option.apply(provider),
        seq(),
        Option.<BucketSpec>empty(),
        "",
        0L,
        -1L,
        "",
        scalaMap(properties),
        Option.<CatalogStatistics>empty(),
        Option.apply(viewText),
        Option.<String>empty(),
        Option.<String>empty(),
        seq(),
        false,
        true,
        none,
        Option.apply(viewText));
  }

  private static <T> Seq<T> seq() {
    return CollectionConverters.asScala(List.<T>of()).toSeq();
  }

  private static scala.collection.immutable.Map<String, String> scalaMap(Map<String, String> map) {
    return scala.collection.immutable.Map.from(CollectionConverters.asScala(map));
  }
}
