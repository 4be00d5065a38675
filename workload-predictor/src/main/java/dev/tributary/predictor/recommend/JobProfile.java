package dev.tributary.predictor.recommend;

import dev.tributary.predictor.run.Run;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a job is like, by its inputs and by what its event logs say: how much it shuffles, spills
 * and writes for what it reads, how much it computes for it, how much of its time is CPU and
 * garbage collection, in how many stages. All values are natural logarithms of ratios that do not
 * depend on the cluster's size; each is the median over the job's runs, unfinished ones too.
 *
 * @param program main class or script; empty where the log does not tell
 * @param inputs logarithms of the next run's inputs, those above 0
 * @param traits by name; only what is known
 */
record JobProfile(
    Optional<String> program, Map<String, Double> inputs, Map<String, Double> traits) {
  /** A difference of so much is one standard deviation: a factor of 4, or of 10 in an input. */
  private static final double TRAIT_SCALE = Math.log(4);

  private static final double INPUT_SCALE = Math.log(10);
  private static final double OTHER_INPUTS = 0.2;
  private static final double SAME_PROGRAM = 0.9;
  private static final double LEAST = 1e-6;

  /**
   * The profile of a job.
   *
   * @param job its name: {@code template@program}
   * @param runs its runs; may be empty
   * @param inputs of the run to compare by
   */
  static JobProfile of(String job, List<Run> runs, Map<String, Double> inputs) {
    Map<String, List<Double>> values = new HashMap<>();
    for (Run run : runs) {
      traits(run)
          .forEach(
              (name, value) -> values.computeIfAbsent(name, n -> new ArrayList<>()).add(value));
    }
    Map<String, Double> traits = new HashMap<>();
    values.forEach((name, all) -> traits.put(name, median(all)));
    Map<String, Double> logs = new HashMap<>();
    inputs.forEach(
        (name, value) -> {
          if (value > 0) {
            logs.put(name, Math.log(value));
          }
        });
    int at = job.lastIndexOf('@');
    return new JobProfile(
        at < 0 ? Optional.empty() : Optional.of(job.substring(at + 1)), logs, traits);
  }

  private static Map<String, Double> traits(Run run) {
    Map<String, Double> traits = new HashMap<>();
    over(traits, run, "shuffle_write_bytes", "input_bytes", 0.01);
    over(traits, run, "disk_spilled_bytes", "input_bytes", 0.01);
    over(traits, run, "output_bytes", "input_bytes", 0.01);
    over(traits, run, "cpu_seconds", "input_bytes", 1e-12);
    over(traits, run, "gc_seconds", "run_seconds", 0.01);
    over(traits, run, "cpu_seconds", "run_seconds", 0.01);
    Double stages = run.features().get("stages");
    if (stages != null && stages > 0) {
      traits.put("stages", Math.log(stages));
    }
    return traits;
  }

  private static void over(
      Map<String, Double> into, Run run, String part, String whole, double least) {
    Double above = run.features().get(part);
    Double below = run.features().get(whole);
    if (above != null && below != null && below > 0) {
      into.put(part + "/" + whole, Math.log(Math.max(least, above / below)));
    }
  }

  /**
   * How alike two jobs are: a squared exponential over the mean squared difference of what both are
   * known by.
   *
   * @return above 0 and at most 1; empty where nothing is known of both
   */
  OptionalDouble likeness(JobProfile other) {
    if (program.isPresent() && program.equals(other.program)) {
      double rest = compared(other).orElse(1);
      return OptionalDouble.of(Math.max(rest, SAME_PROGRAM));
    }
    return compared(other);
  }

  private OptionalDouble compared(JobProfile other) {
    OptionalDouble byTraits = squared(traits, other.traits, TRAIT_SCALE);
    OptionalDouble byInputs = squared(inputs, other.inputs, INPUT_SCALE);
    boolean otherInputs = byInputs.isEmpty() && !inputs.isEmpty() && !other.inputs.isEmpty();
    if (byTraits.isEmpty() && byInputs.isEmpty() && !otherInputs) {
      return OptionalDouble.empty();
    }
    double near = Math.exp(-(byTraits.orElse(0) + byInputs.orElse(0)) / 2);
    return OptionalDouble.of(Math.max(LEAST, near * (otherInputs ? OTHER_INPUTS : 1)));
  }

  private static OptionalDouble squared(
      Map<String, Double> one, Map<String, Double> other, double scale) {
    return one.entrySet().stream()
        .filter(entry -> other.containsKey(entry.getKey()))
        .mapToDouble(entry -> (entry.getValue() - other.get(entry.getKey())) / scale)
        .map(difference -> difference * difference)
        .sorted()
        .average();
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
