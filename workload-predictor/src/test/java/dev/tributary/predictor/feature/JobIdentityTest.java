package dev.tributary.predictor.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobIdentityTest {
  @ParameterizedTest
  @CsvSource({
    "nightly load 2024-01-31,                                  nightly load *",
    "nightly load 2024-02-01T03:15:00Z,                        nightly load *",
    "NewYorkTaxiData_2025_06_27_00_24_44,                      newyorktaxidata_*",
    "sales-20240131,                                           sales-*",
    "backfill 17 of 20240131_0500,                             backfill * of *",
    "report 3f2504e0-4f89-11d3-9a0c-0305e82c3301,              report *",
    "merge part 12/40,                                         merge part *",
    "task a1b2c3d4e5f6,                                        task *",
    "tpcds q72,                                                tpcds q72",
    "tpcds q5,                                                 tpcds q5",
    "facade decade,                                            facade decade",
  })
  void aNameLosesWhatChangesFromRunToRun(String name, String template) {
    assertThat(JobIdentity.template(name)).isEqualTo(template);
  }

  @ParameterizedTest
  @CsvSource({
    "load, org.apache.spark.deploy.SparkSubmit --class com.x.Main a.jar --date 2024-01-01, load@com.x.Main",
    "load, org.apache.spark.deploy.SparkSubmit --class org.apache.spark.deploy.PythonRunner s3://b/etl.py in, load@etl.py",
    "Spark shell, org.apache.spark.deploy.SparkSubmit --class org.apache.spark.repl.Main spark-shell, spark shell#abc",
    "load, , load",
  })
  void theMainClassOrScriptIsAPartOfTheIdentityAndPlansStandInForShells(
      String name, String command, String identity) {
    assertThat(JobIdentity.of(name, command, Optional.of("abc"))).isEqualTo(identity);
  }
}
