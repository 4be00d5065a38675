package dev.tributary.predictor.output;

import dev.tributary.predictor.recommend.Recommendation.Advice;
import dev.tributary.predictor.recommend.SparkConf;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Flags of spark-submit; settings that have no flag of their own are {@code --conf}. */
final class SparkSubmit {
  private static final Map<String, String> FLAGS =
      Map.of(
          SparkConf.INSTANCES, "--num-executors",
          SparkConf.CORES, "--executor-cores",
          SparkConf.MEMORY, "--executor-memory");

  private SparkSubmit() {}

  static List<String> arguments(Advice advice) {
    List<String> arguments = new ArrayList<>();
    Map<String, String> rest = new TreeMap<>(advice.sparkConf());
    for (String key : List.of(SparkConf.INSTANCES, SparkConf.CORES, SparkConf.MEMORY)) {
      String value = rest.remove(key);
      if (value != null) {
        arguments.add(FLAGS.get(key));
        arguments.add(value);
      }
    }
    rest.forEach(
        (key, value) -> {
          arguments.add("--conf");
          arguments.add(key + "=" + value);
        });
    return List.copyOf(arguments);
  }

  static String line(Advice advice) {
    return arguments(advice).stream().map(SparkSubmit::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String argument) {
    return argument.matches("[A-Za-z0-9_./:=,@%+-]+")
        ? argument
        : "'" + argument.replace("'", "'\\''") + "'";
  }
}
