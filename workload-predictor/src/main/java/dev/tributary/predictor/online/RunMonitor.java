package dev.tributary.predictor.online;

import dev.tributary.predictor.PredictorException;
import dev.tributary.predictor.model.Prediction;
import dev.tributary.predictor.online.Verdict.Change;
import dev.tributary.predictor.run.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Watches the runs of one job in the order of time. Call {@link #before} with the planned run, then
 * {@link #after} with what it took.
 *
 * <p>The champion learns from the runs since the last confirmed drift. An alarm of the {@link
 * DriftDetector} starts a challenger that learns from the runs since the drift began; whether it
 * becomes champion says {@link Promotion}. The former champion goes on beside it and comes back by
 * the same rule.
 *
 * <p>Deterministic. Not safe for use by several threads at once.
 */
final class RunMonitor {
  private static final int KEPT = 400;
  private static final int RESIDUALS = 60;
  private static final int FEWEST_RUNS = 3;
  private static final int REFERENCE = 40;
  private static final int FEWEST_REFERENCE = 8;
  private static final int LAG = 5;
  private static final double FAR = 2;

  private final PointModel.Trainer trainer;
  private final String job;
  private final double confidence;
  private final List<Run> runs = new ArrayList<>();
  private final List<Double> residuals = new ArrayList<>();
  private final DriftDetector detector = new DriftDetector();
  private AdaptiveInterval interval;
  private int championSince;
  private Optional<Rival> rival = Optional.empty();
  private Optional<Pending> pending = Optional.empty();

  /**
   * A monitor without runs.
   *
   * @param confidence probability that intervals are to cover, (0, 1), e.g. 0.9
   */
  RunMonitor(String job, double confidence, PointModel.Trainer trainer) {
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException("confidence lies in (0, 1), not at " + confidence);
    }
    this.trainer = trainer;
    this.job = job;
    this.confidence = confidence;
    this.interval = AdaptiveInterval.of(confidence);
  }

  /**
   * A model beside the champion.
   *
   * @param challenger whether it has yet to be promoted; else it is the former champion
   * @param since first run that it learns from
   * @param trials runs that both predicted
   */
  private record Rival(boolean challenger, int since, List<Promotion.Trial> trials) {
    Rival(boolean challenger, int since) {
      this(challenger, since, new ArrayList<>());
    }
  }

  /** A prediction without its outcome; empty with too few runs. */
  private record Pending(Run planned, Optional<Prediction> prediction) {}

  /**
   * Predicts a run and remembers the prediction until its outcome.
   *
   * @param planned its cluster and inputs are read, nothing else
   * @return runtime in seconds; empty before {@value #FEWEST_RUNS} runs finished
   */
  Optional<Prediction> before(Run planned) {
    Optional<Prediction> prediction = predict(planned);
    pending = Optional.of(new Pending(planned, prediction));
    return prediction;
  }

  /**
   * Closes the prediction by the run as it ended. Where it tells how long its parts took, the drift
   * is watched for in them, if they tell one better than the whole does.
   *
   * @param ended the planned run with its runtime and features
   * @throws PredictorException where no prediction is open
   */
  Verdict after(Run ended) {
    Pending open = open();
    double actualSeconds = RidgeTrainer.seconds(ended.runtime());
    int index = runs.size();
    Optional<Boolean> inside =
        open.prediction().map(p -> p.lower() <= actualSeconds && actualSeconds <= p.upper());
    open.prediction().ifPresent(p -> score(p, actualSeconds));
    Optional<DriftDetector.Alarm> alarm = watch(ended, index);
    Optional<Change> change = contest(open.planned(), actualSeconds, alarm);
    runs.add(ended);
    pending = Optional.empty();
    boolean again = alarm.filter(DriftDetector.Alarm::again).isPresent();
    return new Verdict(index, inside, alarm.map(DriftDetector.Alarm::drift), again, change);
  }

  /** Closes the prediction of a run that failed or was stopped: nothing is learnt from it. */
  void abandon() {
    open();
    pending = Optional.empty();
  }

  private Pending open() {
    return pending.orElseThrow(
        () ->
            PredictorException.usage(
                "job '%s' has no open prediction".formatted(job),
                "an outcome closes the prediction made before the run",
                "call before with the planned run first"));
  }

  private Optional<Prediction> predict(Run planned) {
    if (runs.size() < FEWEST_RUNS) {
      return Optional.empty();
    }
    List<Run> since = since(championSince);
    double expected = trainer.fit(since).expected(planned);
    double[] ends = interval.ends(residuals);
    double cores = planned.cluster().cores();
    boolean far =
        since.stream().noneMatch(r -> r.cluster().cores() <= cores * FAR)
            || since.stream().noneMatch(r -> r.cluster().cores() >= cores / FAR);
    return Optional.of(
        new Prediction(
            expected,
            expected * Math.exp(ends[0]),
            expected * Math.exp(ends[1]),
            confidence,
            !far,
            "rolling",
            far
                ? "%.0f cores are more than %.0f times away from every run".formatted(cores, FAR)
                : "%d runs since the last confirmed drift".formatted(since.size())));
  }

  private void score(Prediction prediction, double actual) {
    boolean below = actual < prediction.lower();
    boolean above = actual > prediction.upper();
    residuals.add(Math.log(actual / prediction.expected()));
    if (residuals.size() > RESIDUALS) {
      residuals.remove(0);
    }
    interval = interval.after(below, above, confidence);
  }

  /**
   * Holds the run, or its parts if they would tell a drift better, against models of the time
   * before the last {@value #LAG} runs.
   */
  private Optional<DriftDetector.Alarm> watch(Run ended, int index) {
    List<Run> since = since(championSince);
    int end = since.size() - LAG;
    if (end < FEWEST_REFERENCE) {
      return Optional.empty();
    }
    List<Run> before = since.subList(0, end);
    DriftScore.Sides whole = scores(before, ended);
    DriftScore.Sides scores =
        RunParts.of(before, ended, REFERENCE, trainer)
            .map(RunParts::scores)
            .filter(parts -> parts.slower().ofDrift() > whole.slower().ofDrift())
            .orElse(whole);
    return detector.after(scores, index);
  }

  private DriftScore.Sides scores(List<Run> before, Run ended) {
    PointModel model = trainer.fit(before);
    double[] usual =
        latest(before).stream()
            .mapToDouble(r -> residual(model, r, RidgeTrainer.seconds(r.runtime())))
            .toArray();
    double error = residual(model, ended, RidgeTrainer.seconds(ended.runtime()));
    return DriftScore.Sides.ofError(error, usual);
  }

  private static List<Run> latest(List<Run> runs) {
    return runs.subList(Math.max(0, runs.size() - REFERENCE), runs.size());
  }

  private Optional<Change> contest(
      Run planned, double actual, Optional<DriftDetector.Alarm> alarm) {
    Optional<Change> change = rival.flatMap(r -> contest(r, planned, actual));
    if (alarm.isEmpty() || change.isPresent() || rival.filter(Rival::challenger).isPresent()) {
      return change;
    }
    if (rival.filter(former -> isNearer(former, planned, actual)).isPresent()) {
      rival = Optional.of(new Rival(false, rival.get().since()));
      return Optional.empty();
    }
    rival = Optional.of(new Rival(true, alarm.get().since()));
    return Optional.of(Change.CHALLENGER_STARTED);
  }

  /**
   * Whether the former champion would have predicted this run better: the drift may have passed.
   */
  private boolean isNearer(Rival former, Run planned, double actual) {
    Promotion.Trial both = trial(former, planned, actual);
    return both.challengerError() < both.championError();
  }

  private Promotion.Trial trial(Rival beside, Run planned, double actual) {
    PointModel champion = trainer.fit(since(championSince));
    PointModel other = trainer.fit(since(beside.since()));
    return new Promotion.Trial(
        Math.abs(residual(champion, planned, actual)), Math.abs(residual(other, planned, actual)));
  }

  private Optional<Change> contest(Rival beside, Run planned, double actual) {
    beside.trials().add(trial(beside, planned, actual));
    Promotion judged = Promotion.judge(beside.trials());
    if (judged instanceof Promotion.Better) {
      rival = beside.challenger() ? Optional.of(new Rival(false, championSince)) : Optional.empty();
      championSince = beside.since();
      detector.restart();
      return Optional.of(beside.challenger() ? Change.PROMOTED : Change.ROLLED_BACK);
    }
    if (judged instanceof Promotion.NotBetter) {
      rival = Optional.empty();
      return beside.challenger() ? Optional.of(Change.DISCARDED) : Optional.empty();
    }
    return Optional.empty();
  }

  private static double residual(PointModel model, Run run, double actual) {
    return Math.log(actual / model.expected(run));
  }

  /** The latest {@value #KEPT} runs from an index on; without regard to it where none is left. */
  private List<Run> since(int index) {
    int from = Math.max(index, runs.size() - KEPT);
    return runs.subList(from < runs.size() ? from : Math.max(0, runs.size() - KEPT), runs.size());
  }
}
