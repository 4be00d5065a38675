package dev.tributary.predictor.recommend;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.tributary.predictor.PredictorException;
import dev.tributary.predictor.price.Prices;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContradictionsTest {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{min-workers: 5, max-workers: 3}; at least 5 workers; at most 3 workers",
        "{max-workers: 3, enforce: {workers: 4}}; 4 enforced workers; at most 3",
        "{min-workers: 6, enforce: {workers: 4}}; 4 enforced workers; at least 6",
        "{enforce: {workers: 4, spark-conf: {spark.executor.instances: 5}}}; 4 enforced;"
            + " spark.executor.instances=5",
        "{types: [m5.large], enforce: {machine-type: m5.xlarge}}; m5.xlarge; [m5.large]",
        "{enforce: {machine-type: n2-standard-4}}; n2-standard-4; the output emr",
        "{enforce: {machine-type: m5.large, spark-conf: {spark.executor.cores: 4}}};"
            + " spark.executor.cores=4; m5.large with 2 cores",
        "{min-memory-mb: 9000, enforce: {spark-conf: {spark.executor.memory: 4g}}};"
            + " spark.executor.memory=4096 MiB; at least 9000 MB",
        "{enforce: {spark-conf: {spark.executor.memory: 100m}}}; 100 MiB; 512 MiB",
        "{enforce: {spark-conf: {spark.dynamicAllocation.minExecutors: 9,"
            + " spark.dynamicAllocation.maxExecutors: 3}}}; minExecutors=9; maxExecutors=3",
        "{enforce: {spark-conf: {spark.dynamicAllocation.initialExecutors: 1,"
            + " spark.dynamicAllocation.minExecutors: 3}}}; minExecutors=3; initialExecutors=1",
        "{enforce: {workers: 4, spark-conf: {spark.dynamicAllocation.maxExecutors: 3}}};"
            + " number of workers=4; maxExecutors=3",
        "{enforce: {workers: 8, spark-conf: {spark.dynamicAllocation.initialExecutors: 50}}};"
            + " initialExecutors=50; number of workers=8",
        "{max-workers: 8, enforce: {spark-conf: {spark.dynamicAllocation.minExecutors: 20}}};"
            + " minExecutors=20; greatest number of workers=8",
        "{max-workers: 8, enforce: {spark-conf: {spark.dynamicAllocation.initialExecutors: 50}}};"
            + " initialExecutors=50; greatest number of workers=8",
        "{min-workers: 4, enforce: {spark-conf: {spark.dynamicAllocation.maxExecutors: 3}}};"
            + " least number of workers=4; maxExecutors=3",
        "{types: [m5.xlarge, m5.2xlarge], enforce: {spark-conf: {spark.executor.cores: 64}}};"
            + " spark.executor.cores=64; [4, 8] cores",
        "{types: [m5.xlarge], enforce: {spark-conf: {spark.task.cpus: 8}}};"
            + " spark.task.cpus=8; m5.xlarge with 4 cores",
        "{enforce: {spark-conf: {spark.executor.cores: 4, spark.task.cpus: 8}}};"
            + " spark.task.cpus=8; spark.executor.cores=4",
        "{types: [m5.xlarge], enforce: {spark-conf: {spark.executor.memoryOverhead: 100g}}};"
            + " spark.executor.memoryOverhead=100g; m5.xlarge with 12288 MiB",
        "{types: [m5.xlarge, m5.large], enforce: {spark-conf: {spark.executor.memory: 100g}}};"
            + " spark.executor.memory=100g; the greatest that is allowed",
        "{types: [n2-standard-8, n2-standard-4]}; n2-standard-4; the output emr",
        "{driver-type: n2-standard-4}; n2-standard-4; the output emr",
        "{purchase: spot, enforce: {machine-type: m5.large}}; spot workers only; no spot price",
      })
  void bothSidesAreNamed(String constraints, String one, String other) throws Exception {
    Constraints read = ConstraintsFile.of(YAML.readTree(constraints), "test", 0.95);
    assertThatThrownBy(() -> Contradictions.check(read, Prices.shipped(), Platform.EMR))
        .isInstanceOf(PredictorException.class)
        .hasMessageContaining("contradict")
        .hasMessageContaining(one)
        .hasMessageContaining(other);
  }

  @Test
  void allowedTypesMayBeOfSeveralClouds() {
    assertThatCode(() -> check("{types: [n2-standard-8, m5.xlarge]}", Platform.EMR))
        .doesNotThrowAnyException();
  }

  @Test
  void theMostCoresBindWhereAStandaloneMasterMayReadThem() {
    String three = "{types: [m5.xlarge], enforce: {spark-conf: {spark.cores.max: 3}}}";
    assertThatThrownBy(() -> check(three, Platform.SPARK_SUBMIT))
        .hasMessageContaining("contradict")
        .hasMessageContaining("spark.cores.max=3")
        .hasMessageContaining("m5.xlarge with 4 cores");
    for (Platform platform : List.of(Platform.EMR, Platform.KUBERNETES, Platform.DATABRICKS)) {
      assertThatCode(() -> check(three, platform)).doesNotThrowAnyException();
    }
  }

  @Test
  void fewerCoresThanAMachineHasAreALimitOfTheToolAndNoContradiction() {
    String two = "{enforce: {machine-type: m5.xlarge, spark-conf: {spark.executor.cores: 2}}}";
    assertThatThrownBy(() -> check(two, Platform.EMR))
        .isInstanceOf(PredictorException.class)
        .hasMessageContaining("spark.executor.cores=2 cannot be recommended")
        .hasMessageContaining("m5.xlarge with 4 cores")
        .hasMessageContaining("Tributary recommends one executor a machine")
        .hasMessageNotContaining("contradict");
  }

  private static void check(String constraints, Platform platform) throws Exception {
    Contradictions.check(
        ConstraintsFile.of(YAML.readTree(constraints), "test", 0.95), Prices.shipped(), platform);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{deadline: soon}; not a duration",
        "{deadline: PT0S}; PT0S",
        "{deadline: P10000000000D}; more than PT277777H46M40S",
        "{deadline: -PT5M}; PT-5M",
        "{confidence: 1.5}; 1.5",
        "{confidence: high}; is not a number",
        "{min-workers: 0}; 0",
        "{max-workers: 2.5}; is not a whole number",
        "{max-workers: 2147483647}; max-workers 2147483647 is more than 10000000",
        "{enforce: {workers: 10000001}}; workers 10000001 is more than 10000000",
        "{workers: 3}; unknown field 'workers'",
        "{enforce: {memory: 3}}; unknown field 'enforce.memory'",
        "{purchase: free}; is none of on-demand",
        "{types: []}; is not a list with entries",
        "{language: cobol}; is none of jvm",
        "[1]; is not an object",
        "{enforce: {spark-conf: {spark.executor.memory: lots}}}; 'lots'",
        "{enforce: {spark-conf: {spark.executor.cores: 0}}}; spark.executor.cores is '0'",
        "{enforce: {spark-conf: {spark.task.cpus: -1}}}; spark.task.cpus is '-1'",
        "{enforce: {spark-conf: {spark.dynamicAllocation.maxExecutors: 0}}}; give 1 or more",
        "{enforce: {spark-conf: {spark.dynamicAllocation.minExecutors: -1}}}; give 0 or more",
        "{enforce: {spark-conf: {spark.dynamicAllocation.enabled: perhaps}}}; give true or false",
        "{enforce: {spark-conf: {spark.executor.memoryOverheadFactor: -1}}}; give a share",
        "{types: [none.such]}; 'none.such' has no price",
      })
  void aValueThatIsNoneIsNamed(String constraints, String said) {
    assertThatThrownBy(
            () ->
                Contradictions.check(
                    ConstraintsFile.of(YAML.readTree(constraints), "test", 0.95),
                    Prices.shipped(),
                    Platform.EMR))
        .isInstanceOf(PredictorException.class)
        .hasMessageContaining(said);
  }
}
