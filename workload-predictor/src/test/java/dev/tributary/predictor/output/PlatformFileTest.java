package dev.tributary.predictor.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.tributary.predictor.price.Cloud;
import dev.tributary.predictor.price.Offer;
import dev.tributary.predictor.price.Prices;
import dev.tributary.predictor.price.Purchase;
import dev.tributary.predictor.recommend.Constraints;
import dev.tributary.predictor.recommend.Enforced;
import dev.tributary.predictor.recommend.Fixtures;
import dev.tributary.predictor.recommend.Platform;
import dev.tributary.predictor.recommend.Recommendation.Advice;
import dev.tributary.predictor.recommend.Recommender;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PlatformFileTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final Prices PRICES =
      Prices.of(List.of(offer("m5.xlarge", Cloud.AWS), offer("n2-standard-4", Cloud.GCP)));

  @Example
  void sparkSubmitHasFlagsAndTheRestAsConf() {
    assertThat(
            PlatformFile.text(
                advice(
                    Platform.SPARK_SUBMIT,
                    "m5.xlarge",
                    Purchase.ON_DEMAND,
                    Map.of("spark.app.note", "it's ours"))))
        .isEqualTo(
            "--num-executors 6 --executor-cores 4 --executor-memory 6557m"
                + " --conf 'spark.app.note=it'\\''s ours'"
                + " --conf spark.dynamicAllocation.enabled=true"
                + " --conf spark.dynamicAllocation.initialExecutors=6"
                + " --conf spark.dynamicAllocation.maxExecutors=6"
                + " --conf spark.dynamicAllocation.minExecutors=1"
                + " --conf spark.dynamicAllocation.shuffleTracking.enabled=true"
                + " --conf spark.executor.memoryOverhead=656m");
  }

  @Example
  void databricksGetsNoSettingThatItIgnores() throws Exception {
    Advice advice =
        advice(
            Platform.DATABRICKS,
            "m5.xlarge",
            Purchase.SPOT,
            Map.of(
                "spark.executor.memory", "4g",
                "spark.executor.instances", "6",
                "spark.dynamicAllocation.enabled", "true",
                "spark.sql.shuffle.partitions", "48"));
    assertThat(JSON.readTree(PlatformFile.text(advice)))
        .isEqualTo(
            JSON.readTree(
                """
                {
                  "spark_version": "17.3.x-scala2.13",
                  "node_type_id": "m5.xlarge",
                  "driver_node_type_id": "m5.xlarge",
                  "num_workers": 6,
                  "aws_attributes": {"first_on_demand": 1, "availability": "SPOT_WITH_FALLBACK"},
                  "spark_conf": {"spark.sql.shuffle.partitions": "48"}
                }
                """));
    assertThat(advice.carriedOver())
        .filteredOn(value -> value.setting().equals("spark.executor.memory"))
        .singleElement()
        .satisfies(value -> assertThat(value.note()).contains("ignores"));
  }

  @Example
  void emrHasInstanceGroupsWithTheDriverOnDemand() throws Exception {
    JsonNode flow =
        JSON.readTree(
            PlatformFile.text(advice(Platform.EMR, "m5.xlarge", Purchase.SPOT, Map.of())));
    assertThat(flow.at("/Instances/InstanceGroups"))
        .isEqualTo(
            JSON.readTree(
                """
                [
                  {"Name": "driver", "InstanceRole": "MASTER", "InstanceType": "m5.xlarge",
                   "InstanceCount": 1, "Market": "ON_DEMAND"},
                  {"Name": "workers", "InstanceRole": "CORE", "InstanceType": "m5.xlarge",
                   "InstanceCount": 6, "Market": "SPOT"}
                ]
                """));
    JsonNode defaults = flow.at("/Configurations/0");
    assertThat(defaults.get("Classification").asText()).isEqualTo("spark-defaults");
    assertThat(defaults.at("/Properties/spark.executor.memory").asText()).isEqualTo("11170m");
    assertThat(flow.at("/Applications/0/Name").asText()).isEqualTo("Spark");
  }

  @Example
  void dataprocKeepsTwoPrimaryWorkersAndTakesTheOthersAsSpot() throws Exception {
    JsonNode cluster =
        JSON.readTree(
            PlatformFile.text(advice(Platform.DATAPROC, "n2-standard-4", Purchase.SPOT, Map.of())));
    assertThat(cluster.at("/config/workerConfig/numInstances").asInt()).isEqualTo(2);
    assertThat(cluster.at("/config/secondaryWorkerConfig"))
        .isEqualTo(JSON.readTree("{\"numInstances\": 4, \"preemptibility\": \"SPOT\"}"));
    assertThat(cluster.at("/config/masterConfig/machineTypeUri").asText())
        .isEqualTo("n2-standard-4");
    assertThat(cluster.at("/config/softwareConfig/properties/spark:spark.executor.cores").asText())
        .isEqualTo("4");
  }

  @Example
  void kubernetesIsASparkApplication() throws Exception {
    JsonNode application =
        YAML.readTree(
            PlatformFile.text(
                advice(Platform.KUBERNETES, "m5.xlarge", Purchase.SPOT, Map.of("spark.a", "1"))));
    assertThat(application)
        .isEqualTo(
            YAML.readTree(
                """
                apiVersion: sparkoperator.k8s.io/v1beta2
                kind: SparkApplication
                metadata: {name: nightly}
                spec:
                  sparkVersion: 4.0.1
                  driver:
                    nodeSelector:
                      node.kubernetes.io/instance-type: m5.xlarge
                      eks.amazonaws.com/capacityType: ON_DEMAND
                  executor:
                    instances: 6
                    cores: 4
                    coreRequest: 3600m
                    memory: 6557m
                    memoryOverhead: 656m
                    nodeSelector:
                      node.kubernetes.io/instance-type: m5.xlarge
                      eks.amazonaws.com/capacityType: SPOT
                  dynamicAllocation:
                    enabled: true
                    initialExecutors: 6
                    minExecutors: 1
                    maxExecutors: 6
                  sparkConf:
                    spark.a: "1"
                    spark.dynamicAllocation.shuffleTracking.enabled: "true"
                """));
  }

  @Property(tries = 100, seed = "31")
  void theBoundsOfDynamicAllocationAreInOrder(
      @ForAll @IntRange(min = 0, max = 12) int least,
      @ForAll @IntRange(min = 0, max = 12) int first,
      @ForAll @IntRange(min = 0, max = 12) int most) {
    Map<String, String> enforced = new java.util.HashMap<>();
    put(enforced, "minExecutors", least);
    put(enforced, "initialExecutors", first);
    put(enforced, "maxExecutors", most);
    boolean contradicts =
        most > 0 && (Math.max(least, first) > most || 6 > most)
            || first > 0 && least > first
            || first > 6
            || least > 6;
    if (contradicts) {
      return;
    }
    Map<String, String> conf =
        advice(Platform.EMR, "m5.xlarge", Purchase.ON_DEMAND, enforced).sparkConf();
    int min = Integer.parseInt(conf.get("spark.dynamicAllocation.minExecutors"));
    int initial = Integer.parseInt(conf.get("spark.dynamicAllocation.initialExecutors"));
    int max = Integer.parseInt(conf.get("spark.dynamicAllocation.maxExecutors"));
    assertThat(min).isLessThanOrEqualTo(initial);
    assertThat(initial).isLessThanOrEqualTo(max);
    assertThat(conf).containsAllEntriesOf(enforced);
    assertThat(conf).containsEntry("spark.dynamicAllocation.shuffleTracking.enabled", "true");
  }

  @Example
  void withoutDynamicAllocationThereAreInstancesOnly() {
    Map<String, String> conf =
        advice(
                Platform.EMR,
                "m5.xlarge",
                Purchase.ON_DEMAND,
                Map.of("spark.dynamicAllocation.enabled", "false"))
            .sparkConf();
    assertThat(conf)
        .containsEntry("spark.executor.instances", "6")
        .doesNotContainKey("spark.dynamicAllocation.maxExecutors");
  }

  private static void put(Map<String, String> conf, String key, int value) {
    if (value > 0) {
      conf.put("spark.dynamicAllocation." + key, Integer.toString(value));
    }
  }

  private static Offer offer(String type, Cloud cloud) {
    return new Offer(type, cloud, 4, 16, 0.2, Optional.of(new Offer.Spot(0.05, 0)), "test");
  }

  private static Advice advice(
      Platform platform, String type, Purchase purchase, Map<String, String> conf) {
    Constraints constraints =
        Fixtures.constraints(
            Duration.ofHours(2),
            List.of(),
            1,
            0,
            Set.of(purchase),
            new Enforced(Optional.of(type), OptionalInt.of(6), conf));
    return (Advice)
        new Recommender(PRICES, Fixtures.MODELS)
            .recommend(Fixtures.request(Fixtures.runs(), constraints, platform));
  }
}
