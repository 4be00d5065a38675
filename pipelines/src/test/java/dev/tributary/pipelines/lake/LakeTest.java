package dev.tributary.pipelines.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LakeTest {
  private final Configuration hadoop = new Configuration();

  @Test
  void placesATableByItsName() {
    assertThat(Lake.at("/data/my lake/").tablePath("silver", "activity"))
        .isEqualTo("file:/data/my lake/silver/activity");
    assertThat(Lake.at("s3a://bucket/lake/").tablePath(TableName.parse("ops.job_runs")))
        .isEqualTo("s3a://bucket/lake/ops/job_runs");
    assertThat(Lake.at("file:///data/lake")).isEqualTo(Lake.at("/data/lake"));
    assertThat(Lake.at("/data/lake").localDirectory()).contains(Path.of("/data/lake"));
    assertThat(Lake.at("s3a://bucket/lake").localDirectory()).isEmpty();
    for (String place : List.of("/data/my lake, 100% ours", "s3a://bucket/my lake%20")) {
      assertThat(Lake.at(Lake.at(place).toString())).isEqualTo(Lake.at(place));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"activity", "silver.", "../x.y", "silver./etc", "silver.a/b", ".x.y", ""})
  void refusesANameThatIsNoTable(String text) {
    assertThatThrownBy(() -> TableName.parse(text))
        .isInstanceOf(LakeException.class)
        .hasMessageContaining("<namespace>.<table>");
  }

  @Test
  void listsDirectoriesWithADeltaLogAndTheirViews(@TempDir Path directory) throws Exception {
    for (String table : new String[] {"silver/a_v1", "silver/a_v2", "silver/b_v1", "silver/b"}) {
      commit(directory.resolve(table), "00000000000000000000.json");
    }
    Files.createDirectories(directory.resolve("silver/not_a_table"));
    Files.createDirectories(directory.resolve("_checkpoints/x/_delta_log"));
    Lake lake = Lake.at(directory);
    assertThat(lake.namespaces(hadoop)).containsExactly("silver");
    assertThat(lake.tables(hadoop))
        .extracting(TableName::toString)
        .containsExactly("silver.a_v1", "silver.a_v2", "silver.b", "silver.b_v1");
    assertThat(lake.views("silver", hadoop)).containsExactly(TableName.parse("silver.a"));
    assertThat(Lake.at(directory.resolve("absent")).tables(hadoop)).isEmpty();
  }

  @Test
  void aTableBeginsWithItsFirstCommitAndStaysWhenThatIsCleanedAway(@TempDir Path directory)
      throws Exception {
    Path table = directory.resolve("silver/a_v1");
    TableName name = TableName.parse("silver.a_v1");
    Lake lake = Lake.at(directory);
    commit(table, ".00000000000000000000.json.tmp");
    assertThat(lake.isTable(name, hadoop)).as("being made, or left by who was killed").isFalse();
    assertThat(lake.views("silver", hadoop)).isEmpty();
    for (String log :
        new String[] {
          "00000000000000000000.json",
          "00000000000000000012.json",
          "00000000000000000010.checkpoint.parquet",
          "_last_checkpoint"
        }) {
      Path file = commit(table, log);
      assertThat(lake.isTable(name, hadoop)).as(log).isTrue();
      Files.delete(file);
    }
  }

  private static Path commit(Path table, String file) throws Exception {
    return Files.createFile(Files.createDirectories(table.resolve("_delta_log")).resolve(file));
  }
}
