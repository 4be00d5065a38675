package dev.tributary.pipelines.cli;

import dev.tributary.pipelines.identity.IdentityJob;
import dev.tributary.pipelines.job.Job;
import dev.tributary.pipelines.landing.CheckLandingJob;
import dev.tributary.pipelines.landing.LandingJob;
import dev.tributary.pipelines.landing.RepairDuplicatesJob;
import dev.tributary.pipelines.landing.ReplayRejectedJob;
import java.util.List;

/** Every job there is; a job that is not listed here cannot be run. */
public final class Jobs {
  private Jobs() {}

  /** All jobs, in the order that {@code tributary jobs} shows. */
  public static List<Job<?>> all() {
    return List.of(
        new LandingJob(),
        new CheckLandingJob(),
        new ReplayRejectedJob(),
        new RepairDuplicatesJob(),
        new IdentityJob());
  }
}
