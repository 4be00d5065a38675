package dev.tributary.predictor.recommend;

import dev.tributary.predictor.run.Run;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The jobs that a new one is chosen for by: those that are alike, by {@link JobProfile}; all of
 * them where nothing tells, or where none is alike.
 *
 * @param basis why these
 * @param jobs the most alike first
 */
record SimilarJobs(Basis basis, List<Similar> jobs) {
  /** A squared exponential falls below it at a distance of 1.7 standard deviations. */
  private static final double ALIKE = 0.25;

  private static final int MOST_ALIKE = 12;
  private static final int MOST = 60;
  private static final int NAMED = 3;

  /** Why these jobs. */
  enum Basis {
    /** Inputs or logs say that they are alike. */
    ALIKE,
    /** Nothing is known of the job that is known of others too. */
    NOTHING_KNOWN,
    /** Inputs or logs say that no other job is alike. */
    NONE_ALIKE
  }

  /**
   * One of them.
   *
   * @param job its name
   * @param runs all its runs, oldest first
   * @param likeness empty where nothing tells
   */
  record Similar(String job, List<Run> runs, OptionalDouble likeness) {
    Recommendation.Alike alike() {
      return new Recommendation.Alike(job, likeness);
    }

    /** The latest finished run's inputs. */
    Map<String, Double> latestInputs() {
      return runs.stream()
          .filter(run -> run.outcome().isFinished())
          .reduce((earlier, later) -> later)
          .orElseThrow()
          .inputs();
    }
  }

  static SimilarJobs to(Request request) {
    Map<String, List<Run>> byJob = new TreeMap<>();
    request.others().forEach(r -> byJob.computeIfAbsent(r.job(), j -> new ArrayList<>()).add(r));
    byJob.values().removeIf(runs -> runs.stream().noneMatch(run -> run.outcome().isFinished()));
    JobProfile own = JobProfile.of(request.job(), request.runs(), request.nextInputs());
    List<Similar> all = new ArrayList<>();
    byJob.forEach(
        (job, runs) -> {
          Similar plain = new Similar(job, List.copyOf(runs), OptionalDouble.empty());
          JobProfile other = JobProfile.of(job, runs, plain.latestInputs());
          all.add(new Similar(job, plain.runs(), own.likeness(other)));
        });
    all.sort(
        Comparator.comparingDouble((Similar one) -> -one.likeness().orElse(0))
            .thenComparing(Similar::job));
    List<Similar> alike =
        all.stream().filter(one -> one.likeness().orElse(0) >= ALIKE).limit(MOST_ALIKE).toList();
    if (!alike.isEmpty()) {
      return new SimilarJobs(Basis.ALIKE, alike);
    }
    boolean told = all.stream().anyMatch(one -> one.likeness().isPresent());
    return new SimilarJobs(
        told ? Basis.NONE_ALIKE : Basis.NOTHING_KNOWN, all.stream().limit(MOST).toList());
  }

  /** One sentence on whose runs these are. */
  String text(Request request) {
    String start =
        request.runs().isEmpty()
            ? "no run of job '%s' is known".formatted(request.job())
            : "none of %d runs has finished".formatted(request.runs().size());
    return start
        + switch (basis) {
          case ALIKE -> "; alike by inputs and logs: " + named();
          case NOTHING_KNOWN ->
              "; nothing tells which of %d other jobs are alike".formatted(jobs.size());
          case NONE_ALIKE -> "; none of %d other jobs is alike".formatted(jobs.size());
        };
  }

  private String named() {
    String names =
        jobs.stream()
            .limit(NAMED)
            .map(
                one ->
                    String.format(
                        Locale.ROOT, "%s (%.2f)", one.job(), one.likeness().orElseThrow()))
            .collect(Collectors.joining(", "));
    return jobs.size() > NAMED ? names + " and %d more".formatted(jobs.size() - NAMED) : names;
  }
}
