package dev.tributary.predictor.output;

import dev.tributary.predictor.price.Cloud;
import dev.tributary.predictor.recommend.Recommendation.Advice;
import dev.tributary.predictor.recommend.SparkConf;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The part of a {@code SparkApplication} that sizes it; image, main class and file are the user's
 * to add. Executors ask for nine tenths of the cores, since a node keeps some for itself. The
 * operator has fields for instances, cores, memory and dynamic allocation; the rest is {@code
 * sparkConf}.
 */
final class SparkApplication {
  private static final int MILLICORES = 900;

  private SparkApplication() {}

  static Map<String, Object> tree(Advice advice) {
    Map<String, String> conf = new TreeMap<>(advice.sparkConf());
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("sparkVersion", "4.0.1");
    Map<String, Object> driver = new LinkedHashMap<>();
    driver.put("nodeSelector", node(PlatformFile.driverType(advice), advice, false));
    spec.put("driver", driver);
    spec.put("executor", executor(advice, conf));
    if (Boolean.parseBoolean(conf.remove(SparkConf.DYNAMIC))) {
      Map<String, Object> dynamic = new LinkedHashMap<>();
      dynamic.put("enabled", true);
      dynamic.put("initialExecutors", Integer.parseInt(conf.remove(SparkConf.DYNAMIC_INITIAL)));
      dynamic.put("minExecutors", Integer.parseInt(conf.remove(SparkConf.DYNAMIC_MIN)));
      dynamic.put("maxExecutors", Integer.parseInt(conf.remove(SparkConf.DYNAMIC_MAX)));
      spec.put("dynamicAllocation", dynamic);
    }
    spec.put("sparkConf", conf);
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("apiVersion", "sparkoperator.k8s.io/v1beta2");
    tree.put("kind", "SparkApplication");
    tree.put("metadata", new LinkedHashMap<>(Map.of("name", Names.dns(advice.request().job()))));
    tree.put("spec", spec);
    return tree;
  }

  private static Map<String, Object> executor(Advice advice, Map<String, String> conf) {
    int cores = Integer.parseInt(conf.remove(SparkConf.CORES));
    Map<String, Object> executor = new LinkedHashMap<>();
    executor.put("instances", Integer.parseInt(conf.remove(SparkConf.INSTANCES)));
    executor.put("cores", cores);
    executor.put("coreRequest", cores * MILLICORES + "m");
    executor.put("memory", conf.remove(SparkConf.MEMORY));
    executor.put("memoryOverhead", conf.remove(SparkConf.OVERHEAD));
    executor.put(
        "nodeSelector", node(advice.cluster().offer().type(), advice, PlatformFile.isSpot(advice)));
    return executor;
  }

  private static Map<String, Object> node(String type, Advice advice, boolean spot) {
    Map<String, Object> selector = new LinkedHashMap<>();
    selector.put("node.kubernetes.io/instance-type", type);
    Cloud cloud = advice.cluster().offer().cloud();
    if (cloud == Cloud.AWS) {
      selector.put("eks.amazonaws.com/capacityType", spot ? "SPOT" : "ON_DEMAND");
    } else if (cloud == Cloud.GCP && spot) {
      selector.put("cloud.google.com/gke-spot", "true");
    }
    return selector;
  }
}
