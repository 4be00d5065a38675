package dev.tributary.predictor.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import dev.tributary.predictor.price.Purchase;
import dev.tributary.predictor.recommend.Candidate;
import dev.tributary.predictor.recommend.Platform;
import dev.tributary.predictor.recommend.Recommendation.Advice;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The configuration of a cluster in its platform's own form.
 *
 * <ul>
 *   <li>spark-submit: flags, as a list of arguments
 *   <li>Databricks: the {@code new_cluster} object of the Jobs API 2.1
 *   <li>EMR: the request of {@code RunJobFlow}, with instance groups
 *   <li>Dataproc: a {@code Cluster} of the v1 API
 *   <li>Kubernetes: a {@code SparkApplication} of the Spark operator (v1beta2)
 * </ul>
 */
public final class PlatformFile {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final ObjectMapper YAML =
      new ObjectMapper(
          YAMLFactory.builder()
              .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
              .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
              .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
              .build());

  private PlatformFile() {}

  /** The text to hand to the platform. */
  public static String text(Advice advice) {
    Platform platform = advice.request().platform();
    try {
      return switch (platform) {
        case SPARK_SUBMIT -> SparkSubmit.line(advice);
        case KUBERNETES -> YAML.writeValueAsString(tree(advice)).stripTrailing();
        default -> JSON.writeValueAsString(tree(advice));
      };
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree of maps is always written", e);
    }
  }

  /** The same as maps, lists and values; for spark-submit {@code {"arguments": […]}}. */
  public static Map<String, Object> tree(Advice advice) {
    return switch (advice.request().platform()) {
      case SPARK_SUBMIT -> Map.of("arguments", SparkSubmit.arguments(advice));
      case DATABRICKS -> databricks(advice);
      case EMR -> emr(advice);
      case DATAPROC -> dataproc(advice);
      case KUBERNETES -> SparkApplication.tree(advice);
    };
  }

  static String driverType(Advice advice) {
    return advice.request().constraints().driverType().orElse(advice.cluster().offer().type());
  }

  static boolean isSpot(Advice advice) {
    return advice.cluster().purchase() == Purchase.SPOT;
  }

  private static Map<String, Object> databricks(Advice advice) {
    Candidate cluster = advice.cluster();
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("spark_version", "17.3.x-scala2.13");
    tree.put("node_type_id", cluster.offer().type());
    tree.put("driver_node_type_id", driverType(advice));
    tree.put("num_workers", cluster.workers());
    switch (cluster.offer().cloud()) {
      case AWS ->
          tree.put(
              "aws_attributes",
              Map.of(
                  "first_on_demand",
                  1,
                  "availability",
                  isSpot(advice) ? "SPOT_WITH_FALLBACK" : "ON_DEMAND"));
      case GCP ->
          tree.put(
              "gcp_attributes",
              Map.of(
                  "first_on_demand",
                  1,
                  "availability",
                  isSpot(advice) ? "PREEMPTIBLE_WITH_FALLBACK_GCP" : "ON_DEMAND_GCP"));
      case OTHER -> {
        // Whose machines these are is not known, so neither is how they are bought.
      }
    }
    if (!advice.sparkConf().isEmpty()) {
      tree.put("spark_conf", advice.sparkConf());
    }
    return tree;
  }

  private static Map<String, Object> emr(Advice advice) {
    Candidate cluster = advice.cluster();
    Map<String, Object> instances = new LinkedHashMap<>();
    instances.put(
        "InstanceGroups",
        List.of(
            group("driver", "MASTER", driverType(advice), 1, false),
            group("workers", "CORE", cluster.offer().type(), cluster.workers(), isSpot(advice))));
    instances.put("KeepJobFlowAliveWhenNoSteps", false);
    instances.put("TerminationProtected", false);
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("Name", advice.request().job());
    tree.put("ReleaseLabel", "emr-7.12.0");
    tree.put("Applications", List.of(Map.of("Name", "Spark")));
    tree.put("Instances", instances);
    tree.put(
        "Configurations",
        List.of(ordered("Classification", "spark-defaults", "Properties", advice.sparkConf())));
    tree.put("ServiceRole", "EMR_DefaultRole");
    tree.put("JobFlowRole", "EMR_EC2_DefaultRole");
    return tree;
  }

  private static Map<String, Object> group(
      String name, String role, String type, int count, boolean spot) {
    Map<String, Object> group = new LinkedHashMap<>();
    group.put("Name", name);
    group.put("InstanceRole", role);
    group.put("InstanceType", type);
    group.put("InstanceCount", count);
    group.put("Market", spot ? "SPOT" : "ON_DEMAND");
    return group;
  }

  private static Map<String, Object> dataproc(Advice advice) {
    Candidate cluster = advice.cluster();
    int primary = isSpot(advice) ? Platform.DATAPROC.onDemandWorkers() : cluster.workers();
    Map<String, Object> properties = new LinkedHashMap<>();
    advice.sparkConf().forEach((key, value) -> properties.put("spark:" + key, value));
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("masterConfig", ordered("numInstances", 1, "machineTypeUri", driverType(advice)));
    config.put(
        "workerConfig", ordered("numInstances", primary, "machineTypeUri", cluster.offer().type()));
    if (cluster.workers() > primary) {
      Map<String, Object> secondary = new LinkedHashMap<>();
      secondary.put("numInstances", cluster.workers() - primary);
      secondary.put("preemptibility", "SPOT");
      config.put("secondaryWorkerConfig", secondary);
    }
    config.put("softwareConfig", ordered("imageVersion", "2.3-debian12", "properties", properties));
    return ordered("clusterName", Names.dns(advice.request().job()), "config", config);
  }

  static Map<String, Object> ordered(String one, Object first, String two, Object second) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(one, first);
    map.put(two, second);
    return map;
  }

  /** A setting's value, without its place in the flags of spark-submit or a manifest's fields. */
  static Optional<String> conf(Advice advice, String key) {
    return Optional.ofNullable(advice.sparkConf().get(key));
  }
}
