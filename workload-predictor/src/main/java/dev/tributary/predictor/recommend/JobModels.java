package dev.tributary.predictor.recommend;

import dev.tributary.predictor.model.JobModel;
import java.util.Objects;
import java.util.Optional;

/**
 * The models of one job.
 *
 * @param runtime seconds
 * @param memory peak of one executor, MB; empty where no run measured it
 * @param cpu share of the cores in use, 0 to 1; empty where no run measured it
 */
public record JobModels(JobModel runtime, Optional<JobModel> memory, Optional<JobModel> cpu) {
  /** Checks. */
  public JobModels {
    Objects.requireNonNull(runtime, "runtime");
    Objects.requireNonNull(memory, "memory");
    Objects.requireNonNull(cpu, "cpu");
  }
}
