package dev.tributary.pipelines.lake.terminal;

import dev.tributary.pipelines.lake.Lake;
import dev.tributary.pipelines.lake.TableName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/** The lake's names as the prompt completes and lists them; listed anew after each statement. */
final class Catalogue {
  private final SparkSession spark;
  private final Lake lake;
  private final Map<TableName, List<String>> columns = new LinkedHashMap<>();
  private List<TableName> names;

  Catalogue(SparkSession spark, Lake lake) {
    this.spark = spark;
    this.lake = lake;
  }

  /** Forgets what was listed: the next completion looks again. */
  void refresh() {
    names = null;
    columns.clear();
  }

  List<String> namespaces() {
    return lake.namespaces(hadoop());
  }

  /** Tables and views, in order of name. */
  List<TableName> names() {
    if (names == null) {
      List<TableName> all = new ArrayList<>();
      for (String namespace : lake.namespaces(hadoop())) {
        all.addAll(lake.tables(namespace, hadoop()));
        all.addAll(lake.views(namespace, hadoop()));
      }
      names = all.stream().sorted().toList();
    }
    return names;
  }

  boolean isTable(TableName name) {
    return lake.isTable(name, hadoop());
  }

  Optional<TableName> find(String text) {
    return names().stream()
        .filter(name -> name.toString().equalsIgnoreCase(text.replace("`", "")))
        .findFirst();
  }

  List<String> columns(TableName name) {
    return columns.computeIfAbsent(
        name, it -> Arrays.asList(spark.table(it.quoted()).schema().fieldNames()));
  }

  private Configuration hadoop() {
    return spark.sessionState().newHadoopConf();
  }
}
