package dev.tributary.pipelines.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnalysisTest {
  @TempDir Path directory;

  private static String columns(SparkSession spark, String sql) {
    return Analysis.orElse(
        () -> String.join(",", spark.sql(sql).columns()),
        refused -> "refused: " + refused.getCondition());
  }

  @Test
  void whatSparkCannotParseOrResolveIsRefused() {
    SparkSession spark = LakeFixture.empty(directory).spark();
    assertThat(columns(spark, "SELECT 1 a")).isEqualTo("a");
    assertThat(columns(spark, "SELECT 1 +")).isEqualTo("refused: PARSE_SYNTAX_ERROR");
    assertThat(columns(spark, "SELECT b")).startsWith("refused: UNRESOLVED_COLUMN");
  }

  @Test
  void everyOtherFailurePassesAsItIs() {
    IllegalStateException failure = new IllegalStateException("the disk is full");
    assertThatThrownBy(
            () ->
                Analysis.orElse(
                    () -> {
                      throw failure;
                    },
                    refused -> "refused"))
        .isSameAs(failure);
  }
}
