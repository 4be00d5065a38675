package dev.tributary.pipelines.identity;

import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.execution.datasources.FileIndex;
import org.apache.spark.sql.execution.datasources.FileStatusWithMetadata;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.PartitionDirectory;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.collection.immutable.Map$;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Parquet files that a Delta log tells of, as Spark reads them: it asks no file system which there
 * are and how large, which takes it a job for each table that a small delta looks into.
 */
final class ListedFiles implements FileIndex {
  private final List<FileStatus> files;

  private ListedFiles(List<FileStatus> files) {
    this.files = files;
  }

  /** The rows of the files, in the columns of a schema; columns that a file lacks are null. */
  static Dataset<Row> rows(SparkSession spark, List<FileStatus> files, StructType schema) {
    StructType nullable = new StructType();
    for (StructField field : schema.fields()) {
      nullable = nullable.add(field.name(), field.dataType(), true, field.metadata());
    }
    return spark.baseRelationToDataFrame(
        new HadoopFsRelation(
            new ListedFiles(files),
            new StructType(),
            nullable,
            Option.empty(),
            new ParquetFileFormat(),
            Map$.MODULE$.empty(),
            spark));
  }

  @Override
  public Seq<Path> rootPaths() {
    return seq(files.stream().map(FileStatus::getPath).toList());
  }

  @Override
  public Seq<PartitionDirectory> listFiles(
      Seq<Expression> partitionFilters, Seq<Expression> dataFilters) {
    List<FileStatusWithMetadata> listed =
        files.stream().map(file -> new FileStatusWithMetadata(file, Map$.MODULE$.empty())).toList();
    return seq(List.of(new PartitionDirectory(InternalRow.empty(), seq(listed))));
  }

  private static <T> Seq<T> seq(List<T> list) {
    return CollectionConverters.asScala(list).toSeq();
  }

  @Override
  public String[] inputFiles() {
    return files.stream().map(file -> file.getPath().toString()).toArray(String[]::new);
  }

  @Override
  public void refresh() {
    // What a version of a table is made of never changes.
  }

  @Override
  public long sizeInBytes() {
    return files.stream().mapToLong(FileStatus::getLen).sum();
  }

  @Override
  public StructType partitionSchema() {
    return new StructType();
  }
}
