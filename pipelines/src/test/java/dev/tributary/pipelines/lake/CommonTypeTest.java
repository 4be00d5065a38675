package dev.tributary.pipelines.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommonTypeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "int | int | int",
        "int | bigint | bigint",
        "tinyint | double | double",
        "bigint | decimal(10,2) | decimal(21,2)",
        "decimal(10,2) | decimal(12,6) | decimal(14,6)",
        "decimal(38,0) | decimal(38,10) | double",
        "date | timestamp | timestamp",
        "string | bigint | string",
        "boolean | bigint | string",
        "array<int> | array<double> | array<double>",
        "map<string,int> | map<string,string> | map<string,string>",
        "struct<a:int,b:string> | struct<A:bigint,c:date> | struct<a:bigint,b:string,c:date>",
        "struct<a:int> | string | string",
      })
  void holdsTheValuesOfBoth(String one, String other, String common) {
    DataType left = DataType.fromDDL(one);
    DataType right = DataType.fromDDL(other);
    assertThat(CommonType.of(left, right).simpleString()).isEqualTo(common);
    assertThat(CommonType.of(right, left).simpleString()).isEqualToIgnoringCase(common(common));
  }

  /** From the other side fields stand in the other's order. */
  private static String common(String common) {
    return common.startsWith("struct<a") ? "struct<a:bigint,c:date,b:string>" : common;
  }

  @Test
  void writesTheSqlThatBringsAValueThere() {
    DataType from = DataType.fromDDL("struct<a:int,l:array<struct<x:int>>>");
    DataType to = DataType.fromDDL("struct<a:bigint,l:array<struct<x:int,y:string>>,`o'k`:date>");
    assertThat(CommonType.convert("`v`", from, to))
        .isEqualTo(
            "IF(`v` IS NULL, NULL, named_struct('a', CAST(`v`.`a` AS BIGINT), 'l',"
                + " transform(`v`.`l`, x0 -> IF(x0 IS NULL, NULL, named_struct('x', x0.`x`, 'y',"
                + " CAST(NULL AS STRING)))), 'o\\'k', CAST(NULL AS DATE)))");
  }

  @Test
  void convertsInSpark() {
    LakeFixture lake = LakeFixture.empty(java.nio.file.Path.of("target", "no-lake"));
    DataType from = DataType.fromDDL("struct<m:map<string,array<int>>>");
    DataType to = DataType.fromDDL("struct<m:map<string,array<double>>,n:string>");
    String sql = CommonType.convert("v", from, to);
    var rows =
        lake.sql(
                "SELECT to_json("
                    + sql
                    + ") FROM VALUES (named_struct('m', map('k', array(1, NULL)))), (NULL) AS t(v)")
            .collectAsList();
    assertThat(rows)
        .extracting(row -> row.get(0))
        .isEqualTo(java.util.Arrays.asList("{\"m\":{\"k\":[1.0,null]}}", null));
    assertThat(List.of(CommonType.convert("v", from, DataType.fromDDL("string"))))
        .containsExactly("to_json(v)");
  }
}
