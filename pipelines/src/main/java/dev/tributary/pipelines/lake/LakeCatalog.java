package dev.tributary.pipelines.lake;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.catalyst.analysis.NamespaceAlreadyExistsException;
import org.apache.spark.sql.catalyst.analysis.NoSuchNamespaceException;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.catalyst.analysis.NonEmptyNamespaceException;
import org.apache.spark.sql.catalyst.analysis.TableAlreadyExistsException;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.StagedTable;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.delta.catalog.DeltaCatalog;

/**
 * The session catalog of a lake: names whose namespace is a directory of the lake are resolved
 * there, at each query; everything else (temporary views, {@code default}, paths) is Delta's and
 * Spark's catalog as ever.
 *
 * <p>Of Delta it uses only that {@link DeltaCatalog} may be extended and extends another catalog,
 * and that it creates tables under path identifiers ({@code delta.`/path`}). Databricks runtimes
 * hold their own Delta and resolve names through Unity Catalog; register the lake's tables there as
 * external tables and leave this class out.
 */
// Scala's alterTable takes an array where Java's takes varargs.
@SuppressWarnings("overrides")
public final class LakeCatalog extends DeltaCatalog {
  private Lake cachedLake;
  private DeltaCatalog cachedTables;

  /** For Spark, which makes catalogs by name. */
  public LakeCatalog() {}

  static TableName nameOf(Identifier identifier) {
    return new TableName(identifier.namespace()[0], identifier.name());
  }

  static Identifier identifierOf(TableName name) {
    return Identifier.of(new String[] {name.namespace()}, name.table());
  }

  static Optional<Lake> lakeOf(org.apache.spark.sql.SparkSession spark) {
    String place = spark.sessionState().conf().getConfString(Lake.SETTING, "");
    return place.isBlank() ? Optional.empty() : Optional.of(Lake.at(place));
  }

  /** The lake, where it is the lake's to resolve names of this namespace. */
  static Optional<Lake> lakeOf(org.apache.spark.sql.SparkSession spark, String... namespace) {
    return namespace.length == 1
        ? lakeOf(spark).filter(lake -> lake.owns(namespace[0], hadoop(spark)))
        : Optional.empty();
  }

  private Optional<Lake> lake(String... namespace) {
    return lakeOf(spark(), namespace);
  }

  private Optional<Lake> lake(Identifier identifier) {
    return TableName.isPart(identifier.name()) ? lake(identifier.namespace()) : Optional.empty();
  }

  private static Configuration hadoop(org.apache.spark.sql.SparkSession spark) {
    return spark.sessionState().newHadoopConf();
  }

  private Configuration hadoop() {
    return hadoop(spark());
  }

  private synchronized DeltaCatalog tables(Lake lake) {
    if (!lake.equals(cachedLake)) {
      LakeTables described = new LakeTables(spark(), lake);
      described.setDelegateCatalog(delegate);
      cachedTables = new DeltaCatalog();
      cachedTables.setDelegateCatalog(described);
      cachedLake = lake;
    }
    return cachedTables;
  }

  // --- tables

  @Override
  public Table loadTable(Identifier identifier) {
    Optional<Lake> lake = lake(identifier);
    return lake.isPresent()
        ? tables(lake.get()).loadTable(identifier)
        : super.loadTable(identifier);
  }

  @Override
  public boolean tableExists(Identifier identifier) {
    Optional<Lake> lake = lake(identifier);
    if (lake.isEmpty()) {
      return super.tableExists(identifier);
    }
    TableName name = nameOf(identifier);
    return lake.get().find(name, hadoop()).isPresent() || isView(lake.get(), name);
  }

  private boolean isView(Lake lake, TableName name) {
    return lake.views(name.namespace(), hadoop()).contains(name);
  }

  @Override
  public Identifier[] listTables(String[] namespace) throws NoSuchNamespaceException {
    Optional<Lake> lake = lake(namespace);
    if (lake.isEmpty()) {
      return super.listTables(namespace);
    }
    List<TableName> tables = lake.get().tables(namespace[0], hadoop());
    return Stream.concat(tables.stream(), lake.get().views(namespace[0], hadoop()).stream())
        .sorted()
        .map(LakeCatalog::identifierOf)
        .toArray(Identifier[]::new);
  }

  @Override
  public Table createTable(
      Identifier identifier, Column[] columns, Transform[] partitions, Map<String, String> asked) {
    Optional<Lake> lake = lake(identifier);
    if (lake.isEmpty()) {
      return super.createTable(identifier, columns, partitions, asked);
    }
    if (tableExists(identifier)) {
      throw sneaky(new TableAlreadyExistsException(identifier));
    }
    super.createTable(
        byPath(lake.get(), identifier), columns, partitions, checked(identifier, asked));
    return loadTable(identifier);
  }

  @Override
  public StagedTable stageCreate(
      Identifier identifier, Column[] columns, Transform[] partitions, Map<String, String> asked)
      throws TableAlreadyExistsException, NoSuchNamespaceException {
    Optional<Lake> lake = lake(identifier);
    if (lake.isEmpty()) {
      return super.stageCreate(identifier, columns, partitions, asked);
    }
    if (tableExists(identifier)) {
      throw new TableAlreadyExistsException(identifier);
    }
    return super.stageCreate(
        byPath(lake.get(), identifier), columns, partitions, checked(identifier, asked));
  }

  @Override
  public StagedTable stageReplace(
      Identifier identifier, Column[] columns, Transform[] partitions, Map<String, String> asked)
      throws NoSuchNamespaceException, NoSuchTableException {
    Optional<Lake> lake = lake(identifier);
    if (lake.isEmpty()) {
      return super.stageReplace(identifier, columns, partitions, asked);
    }
    if (!tableExists(identifier)) {
      throw new NoSuchTableException(identifier);
    }
    return super.stageReplace(
        byPath(lake.get(), identifier), columns, partitions, checked(identifier, asked));
  }

  @Override
  public StagedTable stageCreateOrReplace(
      Identifier identifier, Column[] columns, Transform[] partitions, Map<String, String> asked)
      throws NoSuchNamespaceException {
    Optional<Lake> lake = lake(identifier);
    return lake.isEmpty()
        ? super.stageCreateOrReplace(identifier, columns, partitions, asked)
        : super.stageCreateOrReplace(
            byPath(lake.get(), identifier), columns, partitions, checked(identifier, asked));
  }

  private Identifier byPath(Lake lake, Identifier identifier) {
    TableName name = nameOf(identifier);
    if (isView(lake, name)) {
      throw LakeErrors.viewIsDerived(name);
    }
    String path = lake.tablePath(lake.find(name, hadoop()).orElse(name));
    return Identifier.of(new String[] {"delta"}, path);
  }

  private static Map<String, String> checked(Identifier identifier, Map<String, String> asked) {
    Map<String, String> properties = new HashMap<>(asked);
    String provider = properties.getOrDefault(TableCatalog.PROP_PROVIDER, "delta");
    if (!provider.toLowerCase(Locale.ROOT).equals("delta")) {
      throw LakeErrors.notDelta(nameOf(identifier), provider);
    }
    String location = properties.get(TableCatalog.PROP_LOCATION);
    if (location != null) {
      throw LakeErrors.placeIsTheName(nameOf(identifier), location);
    }
    properties.put(TableCatalog.PROP_PROVIDER, "delta");
    return properties;
  }

  /** Removes the table's directory: in the lake that is what the table is. */
  @Override
  public boolean dropTable(Identifier identifier) {
    Optional<Lake> lake = lake(identifier);
    if (lake.isEmpty()) {
      return super.dropTable(identifier);
    }
    TableName name = nameOf(identifier);
    Optional<TableName> found = lake.get().find(name, hadoop());
    if (found.isEmpty() && isView(lake.get(), name)) {
      throw LakeErrors.viewIsDerived(name);
    }
    return found.isPresent() && delete(lake.get().tablePath(found.get()));
  }

  @Override
  public boolean purgeTable(Identifier identifier) {
    return lake(identifier).isPresent() ? dropTable(identifier) : super.purgeTable(identifier);
  }

  @Override
  public void renameTable(Identifier from, Identifier to)
      throws NoSuchTableException, TableAlreadyExistsException {
    if (lake(from).isPresent()) {
      throw LakeErrors.noRename(nameOf(from));
    }
    super.renameTable(from, to);
  }

  // --- namespaces

  @Override
  public String[][] listNamespaces() throws NoSuchNamespaceException {
    Stream<String> lakes = lakeOf(spark()).stream().flatMap(it -> it.namespaces(hadoop()).stream());
    Stream<String> sessions = Arrays.stream(super.listNamespaces()).map(parts -> parts[0]);
    return Stream.concat(sessions, lakes)
        .distinct()
        .map(namespace -> new String[] {namespace})
        .toArray(String[][]::new);
  }

  @Override
  public String[][] listNamespaces(String[] namespace) throws NoSuchNamespaceException {
    if (namespace.length == 0) {
      return listNamespaces();
    }
    return lake(namespace).isPresent() ? new String[0][] : super.listNamespaces(namespace);
  }

  @Override
  public boolean namespaceExists(String[] namespace) {
    return lake(namespace).isPresent() || super.namespaceExists(namespace);
  }

  @Override
  public Map<String, String> loadNamespaceMetadata(String[] namespace)
      throws NoSuchNamespaceException {
    Optional<Lake> lake = lake(namespace);
    return lake.isPresent()
        ? Map.of(
            "location", lake.get().path(directory(namespace)), "comment", "a directory of the lake")
        : super.loadNamespaceMetadata(namespace);
  }

  @Override
  public void createNamespace(String[] namespace, Map<String, String> metadata)
      throws NamespaceAlreadyExistsException {
    Optional<Lake> lake = lakeOf(spark()).filter(it -> namespace.length == 1);
    if (lake.isEmpty() || "default".equals(namespace[0])) {
      super.createNamespace(namespace, metadata);
      return;
    }
    if (namespaceExists(namespace)) {
      throw new NamespaceAlreadyExistsException(namespace);
    }
    Path path = new Path(lake.get().path(directory(namespace)));
    try {
      path.getFileSystem(hadoop()).mkdirs(path);
    } catch (IOException e) {
      throw LakeErrors.unreadable(path.toString(), e);
    }
  }

  @Override
  public boolean dropNamespace(String[] namespace, boolean cascade)
      throws NoSuchNamespaceException, NonEmptyNamespaceException {
    Optional<Lake> lake = lake(namespace);
    if (lake.isEmpty()) {
      return super.dropNamespace(namespace, cascade);
    }
    if (!cascade && !lake.get().tables(namespace[0], hadoop()).isEmpty()) {
      throw LakeErrors.notEmpty(namespace[0]);
    }
    return delete(lake.get().path(directory(namespace)));
  }

  private static String directory(String... namespace) {
    return new TableName(namespace[0], "_").namespace();
  }

  private boolean delete(String place) {
    Path path = new Path(place);
    try {
      return path.getFileSystem(hadoop()).delete(path, true);
    } catch (IOException e) {
      throw LakeErrors.unreadable(place, e);
    }
  }

  /** Scala's catalogs throw checked exceptions that their signatures do not name. */
  @SuppressWarnings("unchecked")
  private static <E extends Exception> RuntimeException sneaky(Exception e) throws E {
    throw (E) e;
  }
}
