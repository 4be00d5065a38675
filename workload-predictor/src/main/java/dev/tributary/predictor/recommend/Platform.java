package dev.tributary.predictor.recommend;

import dev.tributary.predictor.memory.ContainerMemory;
import dev.tributary.predictor.price.Cloud;
import dev.tributary.predictor.price.Offer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the cluster is asked of. Each leaves an executor another part of its machine.
 *
 * <ul>
 *   <li>spark-submit: four fifths of the machine, for YARN or a standalone worker beside its system
 *   <li>databricks: the platform sets the heap, (0.97 × memory − 4,800 MiB) × 0.8, as its knowledge
 *       base describes it
 *   <li>emr: {@code yarn.nodemanager.resource.memory-mb}: three quarters, and on machines above 32
 *       GiB all but 8 GiB, as the table of its release guide shows
 *   <li>dataproc: four fifths go to YARN
 *   <li>kubernetes: what GKE leaves: 25 % of the first 4 GiB are reserved, 20 % of the next 4, 10 %
 *       of the next 8, 6 % of the next 112, 2 % above, and 100 MiB for eviction
 * </ul>
 */
public enum Platform {
  SPARK_SUBMIT,
  DATABRICKS,
  EMR,
  DATAPROC,
  KUBERNETES;

  private static final double GIB = 1024;

  /** As the command line has it: {@code spark-submit}, {@code emr}, … */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The platform of a label. */
  public static Platform of(String label) {
    return Arrays.stream(values())
        .filter(platform -> platform.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                dev.tributary.predictor.PredictorException.usage(
                    "There is no output '%s'".formatted(label),
                    null,
                    "give one of "
                        + Arrays.stream(values())
                            .map(Platform::label)
                            .collect(Collectors.joining(", "))));
  }

  /** The cloud whose machines it has; empty for any. */
  public Optional<Cloud> cloud() {
    return switch (this) {
      case EMR -> Optional.of(Cloud.AWS);
      case DATAPROC -> Optional.of(Cloud.GCP);
      default -> Optional.empty();
    };
  }

  /** Workers that it wants at least: Dataproc has two primary ones. */
  public int leastWorkers() {
    return this == DATAPROC ? 2 : 1;
  }

  /** Workers that are on demand even in a spot cluster: Dataproc's primary ones. */
  public int onDemandWorkers() {
    return this == DATAPROC ? 2 : 0;
  }

  /** Whether a machine is the job's alone, so that the executor may as well have all of it. */
  public boolean isDedicated() {
    return this == EMR || this == DATAPROC || this == DATABRICKS;
  }

  /** Whether the platform sets executors itself and ignores settings about them. */
  public boolean setsExecutors() {
    return this == DATABRICKS;
  }

  /**
   * Whether {@code spark.cores.max} binds: the masters of YARN and Kubernetes do not know it, that
   * of a standalone cluster, which spark-submit may be for, does.
   */
  public boolean limitsCores() {
    return this == SPARK_SUBMIT;
  }

  /** Share of overhead beside the heap. */
  public double overheadFactor(boolean nonJvm) {
    return this == KUBERNETES && nonJvm
        ? ContainerMemory.NON_JVM_FACTOR
        : ContainerMemory.JVM_FACTOR;
  }

  /** The greatest container, heap with overhead and off-heap, on a machine; MiB. */
  public double containerMib(Offer offer) {
    double mib = offer.memoryGib() * GIB;
    return switch (this) {
      case SPARK_SUBMIT, DATAPROC -> 0.8 * mib;
      case EMR -> Math.max(0.75 * mib, mib - 8 * GIB);
      case KUBERNETES -> mib - reserved(mib) - 100;
      case DATABRICKS -> 0.97 * mib - 4800;
    };
  }

  /** The greatest heap on a machine; MiB, 0 or less where there is none. */
  public long heapMib(Offer offer, boolean nonJvm, long offHeapMib) {
    if (this == DATABRICKS) {
      return (long) Math.floor(0.8 * containerMib(offer)) - offHeapMib;
    }
    return ContainerMemory.heapWithin(containerMib(offer), overheadFactor(nonJvm), offHeapMib);
  }

  private static double reserved(double mib) {
    double[] steps = {4, 4, 8, 112, Double.MAX_VALUE};
    double[] shares = {0.25, 0.20, 0.10, 0.06, 0.02};
    double reserved = 0;
    double rest = mib;
    for (int i = 0; i < steps.length && rest > 0; i++) {
      double part = Math.min(rest, steps[i] * GIB);
      reserved += part * shares[i];
      rest -= part;
    }
    return reserved;
  }
}
