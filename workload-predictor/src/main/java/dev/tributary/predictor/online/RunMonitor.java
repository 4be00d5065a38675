package dev.tributary.predictor.online;

import dev.tributary.predictor.PredictorException;
import dev.tributary.predictor.model.Prediction;
import dev.tributary.predictor.online.MonitorState.Pending;
import dev.tributary.predictor.online.MonitorState.Rival;
import dev.tributary.predictor.online.Verdict.Change;
import dev.tributary.predictor.online.Verdict.Drift;
import dev.tributary.predictor.run.Outcome;
import dev.tributary.predictor.run.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Watches the runs of one job in the order of time. Call {@link #before} with the planned run, then
 * {@link #after} with what it took; {@link #state} is all that has to be kept between the two.
 *
 * <p>The champion learns from the runs since the last confirmed drift. An alarm starts a challenger
 * that learns from the runs since the drift began; it becomes champion once it predicted at least
 * {@value #FEWEST_TRIALS} later runs with a mean absolute log error lower by {@value
 * #MARGIN_SHARE}, and is dropped after {@value #MOST_TRIALS}. The former champion goes on beside it
 * and comes back by the same rule.
 *
 * <p>Deterministic. Not safe for use by several threads at once.
 */
public final class RunMonitor {
  static final int KEPT = 400;
  private static final int RESIDUALS = 60;
  private static final int FEWEST_RUNS = 3;
  private static final int REFERENCE = 40;
  private static final int FEWEST_REFERENCE = 8;
  private static final int LAG = 5;
  private static final int FEWEST_TRIALS = 4;
  private static final int MOST_TRIALS = 12;
  private static final double MARGIN_SHARE = 0.1;
  private static final double FAR = 2;

  private final PointModel.Trainer trainer;
  private final String job;
  private final double confidence;
  private final List<Run> runs;
  private final List<Double> residuals;
  private int forgotten;
  private AdaptiveInterval interval;
  private DriftDetector detector;
  private int championSince;
  private Optional<Rival> rival;
  private int predicted;
  private int covered;
  private Optional<Pending> pending;

  private RunMonitor(MonitorState state, PointModel.Trainer trainer) {
    this.trainer = trainer;
    this.job = state.job();
    this.confidence = state.confidence();
    this.runs = new ArrayList<>(state.runs());
    this.residuals = new ArrayList<>(state.residuals());
    this.forgotten = state.forgotten();
    this.interval = state.interval();
    this.detector = state.drift();
    this.championSince = state.championSince();
    this.rival = state.rival();
    this.predicted = state.predicted();
    this.covered = state.covered();
    this.pending = state.pending();
  }

  /**
   * A monitor without runs, with its own robust model.
   *
   * @param confidence probability that intervals are to cover, (0, 1), e.g. 0.9
   */
  public static RunMonitor create(String job, double confidence) {
    return create(job, confidence, new RidgeTrainer());
  }

  /** The same with another model. */
  public static RunMonitor create(String job, double confidence, PointModel.Trainer trainer) {
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException("confidence lies in (0, 1), not at " + confidence);
    }
    return new RunMonitor(
        new MonitorState(
            job,
            confidence,
            0,
            List.of(),
            List.of(),
            AdaptiveInterval.of(confidence),
            DriftDetector.atRest(0),
            0,
            Optional.empty(),
            0,
            0,
            Optional.empty()),
        trainer);
  }

  /** Goes on from a kept state. */
  public static RunMonitor of(MonitorState state) {
    return of(state, new RidgeTrainer());
  }

  /** The same with another model, which must be the one that the state was made with. */
  public static RunMonitor of(MonitorState state, PointModel.Trainer trainer) {
    return new RunMonitor(state, trainer);
  }

  /** All that has to be kept. */
  public MonitorState state() {
    return new MonitorState(
        job,
        confidence,
        forgotten,
        runs,
        residuals,
        interval,
        detector,
        championSince,
        rival,
        predicted,
        covered,
        pending);
  }

  /** Share of predicted runs that lay in their interval; NaN before the first. */
  public double coverage() {
    return predicted == 0 ? Double.NaN : (double) covered / predicted;
  }

  /**
   * Predicts a run and remembers the prediction until its outcome.
   *
   * @param planned its cluster and inputs are read, nothing else
   * @return runtime in seconds; empty before {@value #FEWEST_RUNS} runs finished
   */
  public Optional<Prediction> before(Run planned) {
    Optional<Prediction> prediction = predict(planned);
    pending = Optional.of(new Pending(planned, prediction));
    return prediction;
  }

  /**
   * Closes the prediction by what the run took.
   *
   * @param actualSeconds wall-clock seconds, above 0
   * @throws PredictorException where no prediction is open
   */
  public Verdict after(double actualSeconds) {
    Pending open = open();
    if (!(actualSeconds > 0) || Double.isInfinite(actualSeconds)) {
      throw PredictorException.usage(
          "a run of job '%s' cannot take %s s".formatted(job, actualSeconds),
          "the runtime is positive and finite",
          "give seconds of wall-clock time, or call abandon for a run that did not finish");
    }
    int index = forgotten + runs.size();
    Optional<Boolean> inside =
        open.prediction().map(p -> p.lower() <= actualSeconds && actualSeconds <= p.upper());
    open.prediction().ifPresent(p -> score(p, actualSeconds));
    Optional<Drift> drift = watch(open.planned(), actualSeconds, index);
    Optional<Change> change = contest(open.planned(), actualSeconds, drift, index);
    append(finished(open.planned(), actualSeconds));
    return new Verdict(index, inside, drift, change);
  }

  /** Closes the prediction of a run that failed or was stopped: nothing is learnt from it. */
  public void abandon() {
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
    predicted++;
    covered += below || above ? 0 : 1;
  }

  /** Holds the run against a model of the time before the last {@value #LAG} runs. */
  private Optional<Drift> watch(Run planned, double actual, int index) {
    List<Run> since = since(championSince);
    int end = Math.max(FEWEST_REFERENCE, since.size() - LAG);
    if (since.size() - LAG < FEWEST_REFERENCE) {
      return Optional.empty();
    }
    List<Run> reference = since.subList(0, end);
    PointModel model = trainer.fit(reference);
    double[] before =
        reference.subList(Math.max(0, end - REFERENCE), end).stream()
            .mapToDouble(r -> residual(model, r, RidgeTrainer.seconds(r.runtime())))
            .toArray();
    double score = DriftDetector.standardise(residual(model, planned, actual), before);
    detector = detector.after(score, index);
    Optional<Drift> alarm =
        detector.isSlower()
            ? Optional.of(Drift.SLOWER)
            : detector.isFaster() ? Optional.of(Drift.FASTER) : Optional.empty();
    return alarm;
  }

  private Optional<Change> contest(Run planned, double actual, Optional<Drift> drift, int index) {
    Optional<Change> change = rival.flatMap(r -> contest(r, planned, actual));
    if (drift.isEmpty()) {
      return change;
    }
    int since = drift.get() == Drift.SLOWER ? detector.slowerSince() : detector.fasterSince();
    detector = DriftDetector.atRest(index + 1);
    if (change.isPresent() || rival.filter(Rival::challenger).isPresent()) {
      return change;
    }
    if (rival.filter(former -> isNearer(former, planned, actual)).isPresent()) {
      rival = Optional.of(new Rival(false, rival.get().since(), 0, 0, 0));
      return Optional.empty();
    }
    rival = Optional.of(new Rival(true, since, 0, 0, 0));
    return Optional.of(Change.CHALLENGER_STARTED);
  }

  /**
   * Whether the former champion would have predicted this run better: the drift may have passed.
   */
  private boolean isNearer(Rival former, Run planned, double actual) {
    PointModel champion = trainer.fit(since(championSince));
    PointModel other = trainer.fit(since(former.since()));
    return Math.abs(residual(other, planned, actual))
        < Math.abs(residual(champion, planned, actual));
  }

  private Optional<Change> contest(Rival beside, Run planned, double actual) {
    PointModel champion = trainer.fit(since(championSince));
    PointModel other = trainer.fit(since(beside.since()));
    Rival next =
        new Rival(
            beside.challenger(),
            beside.since(),
            beside.trials() + 1,
            beside.championError() + Math.abs(residual(champion, planned, actual)),
            beside.rivalError() + Math.abs(residual(other, planned, actual)));
    if (next.trials() >= FEWEST_TRIALS
        && next.rivalError() < (1 - MARGIN_SHARE) * next.championError()) {
      rival =
          beside.challenger()
              ? Optional.of(new Rival(false, championSince, 0, 0, 0))
              : Optional.empty();
      championSince = beside.since();
      return Optional.of(beside.challenger() ? Change.PROMOTED : Change.ROLLED_BACK);
    }
    boolean over = next.trials() >= MOST_TRIALS;
    rival = over ? Optional.empty() : Optional.of(next);
    return over && beside.challenger() ? Optional.of(Change.DISCARDED) : Optional.empty();
  }

  private static double residual(PointModel model, Run run, double actual) {
    return Math.log(actual / model.expected(run));
  }

  /** The kept runs from an index on; all where none is left of them. */
  private List<Run> since(int index) {
    int from = Math.max(0, index - forgotten);
    return from >= runs.size() ? runs : runs.subList(from, runs.size());
  }

  private static Run finished(Run planned, double seconds) {
    return new Run(
        planned.job(),
        planned.id(),
        planned.started(),
        planned.cluster(),
        planned.inputs(),
        Duration.ofNanos(Math.round(seconds * 1e9)),
        planned.peakMemoryMb(),
        planned.cpuUtilisation(),
        Outcome.FINISHED,
        planned.features());
  }

  private void append(Run run) {
    runs.add(run);
    if (runs.size() > KEPT) {
      runs.remove(0);
      forgotten++;
    }
    pending = Optional.empty();
  }
}
