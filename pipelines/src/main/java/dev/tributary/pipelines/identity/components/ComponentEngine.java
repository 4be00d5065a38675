package dev.tributary.pipelines.identity.components;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

public interface ComponentEngine {
  String name();

  Dataset<Row> components(Dataset<Row> edges);
}
