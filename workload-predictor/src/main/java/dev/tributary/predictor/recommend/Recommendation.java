package dev.tributary.predictor.recommend;

import dev.tributary.predictor.memory.ContainerMemory;
import dev.tributary.predictor.model.Prediction;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** The answer to a {@link Request}. */
public sealed interface Recommendation {
  /** The question. */
  Request request();

  /** Every candidate with its verdict, in a fixed order. */
  List<Assessment> candidates();

  /** Candidates that no other beats in both cost and time, quickest first. */
  default List<Assessment> frontier() {
    return Frontier.of(candidates());
  }

  /** A cluster to run on. */
  sealed interface Advice extends Recommendation {
    /** The cluster. */
    Candidate cluster();

    /** One executor a worker. */
    ContainerMemory container();

    /** Spark's settings, the enforced ones among them. */
    Map<String, String> sparkConf();

    /** What is another than at the latest run. */
    List<Change> changes();

    /** What was enforced, and so taken over. */
    List<CarriedOver> carriedOver();
  }

  /** Advice that was assessed as a candidate. */
  sealed interface Assessed extends Advice {
    /** The candidate and its predictions. */
    Assessment chosen();

    @Override
    default Candidate cluster() {
      return chosen().candidate();
    }

    @Override
    default ContainerMemory container() {
      return chosen().container().orElseThrow();
    }
  }

  /**
   * The cheapest that keeps all constraints at the bounds.
   *
   * @param chosen the candidate and its predictions
   * @param cpu share of the cores in use, where a model knows
   */
  record Cheapest(
      Request request,
      Assessment chosen,
      Optional<Prediction> cpu,
      List<Assessment> candidates,
      Map<String, String> sparkConf,
      List<Change> changes,
      List<CarriedOver> carriedOver)
      implements Assessed {}

  /**
   * What worked before, because every candidate lies outside of what the runs show.
   *
   * @param run the run that it comes from
   * @param why one sentence
   */
  record KnownSafe(
      Request request,
      Candidate cluster,
      ContainerMemory container,
      String run,
      String why,
      List<Assessment> candidates,
      Map<String, String> sparkConf,
      List<Change> changes,
      List<CarriedOver> carriedOver)
      implements Advice {}

  /**
   * What other jobs did well on, because no run of this one has finished. Nothing is promised of
   * it: its predictions are what the other jobs took, and never known.
   *
   * @param chosen the candidate, and what other jobs took on it
   * @param jobs whose runs it comes from, the most alike first
   * @param why one sentence
   */
  record FirstPick(
      Request request,
      Assessment chosen,
      List<Alike> jobs,
      String why,
      List<Assessment> candidates,
      Map<String, String> sparkConf,
      List<Change> changes,
      List<CarriedOver> carriedOver)
      implements Assessed {}

  /**
   * A job that was chosen by.
   *
   * @param job its name
   * @param likeness above 0, at most 1; empty where nothing tells
   */
  record Alike(String job, OptionalDouble likeness) {}

  /**
   * Nothing fits.
   *
   * @param why one sentence
   * @param nearestMiss the safe candidate that misses by least; empty where none is safe
   */
  record NoAdvice(
      Request request, String why, Optional<Assessment> nearestMiss, List<Assessment> candidates)
      implements Recommendation {}

  /**
   * A difference to the latest run.
   *
   * @param setting what, e.g. {@code workers}
   * @param from its value then
   * @param to its value now
   * @param why one sentence
   */
  record Change(String setting, String from, String to, String why) {}

  /**
   * A value that was enforced.
   *
   * @param setting e.g. {@code spark.executor.memory}
   * @param value as enforced
   * @param note empty, or that the platform ignores it, or what it is not counted in
   */
  record CarriedOver(String setting, String value, String note) {}
}
