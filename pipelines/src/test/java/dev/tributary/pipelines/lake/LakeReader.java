package dev.tributary.pipelines.lake;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Another process's session: what an analyst sets and nothing more. It counts until it is told to
 * stop, a line a count.
 */
final class LakeReader {
  private LakeReader() {}

  public static void main(String[] arguments) throws Exception {
    SparkSession.Builder builder =
        SparkSession.builder().master("local[1]").config("spark.ui.enabled", "false");
    for (String setting : List.of(arguments).subList(2, arguments.length)) {
      String[] pair = setting.split("=", 2);
      builder.config(pair[0], pair[1]);
    }
    SparkSession spark = builder.config(Lake.SETTING, arguments[0]).getOrCreate();
    Path stop = Path.of(arguments[1]);
    boolean last;
    do {
      last = Files.exists(stop);
      Row row =
          spark.sql("SELECT count(*), count(DISTINCT n) FROM silver.tick").collectAsList().get(0);
      System.out.println(row.getLong(0) + " " + row.getLong(1));
      System.out.flush();
    } while (!last);
    spark.stop();
  }
}
