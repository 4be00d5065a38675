package dev.tributary.pipelines.landing;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/** The Hadoop configuration that landing writes with. */
final class LandingFiles {
  private LandingFiles() {}

  static Configuration hadoop(SparkSession spark) {
    Configuration hadoop = new Configuration(spark.sessionState().newHadoopConf());
    hadoop.setIfUnset("parquet.compression.codec.zstd.level", "1");
    hadoop.setIfUnset("parquet.compression.codec.zstd.bufferPool.enabled", "true");
    return hadoop;
  }
}
