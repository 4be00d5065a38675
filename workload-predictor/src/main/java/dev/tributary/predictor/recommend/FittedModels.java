package dev.tributary.predictor.recommend;

import dev.tributary.predictor.memory.MemoryModels;
import dev.tributary.predictor.model.JobModel;
import dev.tributary.predictor.run.Run;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Models that are fitted to the job's runs when they are asked for; memory by {@link MemoryModels}.
 *
 * @param runtime fits seconds
 * @param cpu fits the share of cores in use; asked only where a finished run measured it
 */
public record FittedModels(Function<List<Run>, JobModel> runtime, Function<List<Run>, JobModel> cpu)
    implements ModelSource {
  @Override
  public JobModels models(List<Run> runs) {
    boolean measured =
        runs.stream()
            .anyMatch(run -> run.outcome().isFinished() && run.cpuUtilisation().orElse(0) > 0);
    return new JobModels(
        runtime.apply(runs),
        MemoryModels.fit(runs),
        measured ? Optional.of(cpu.apply(runs)) : Optional.empty());
  }
}
