package dev.tributary.pipelines.cli;

import dev.tributary.predictor.cli.PredictorCommand;
import java.util.List;

/** Every command of {@code tributary}; each is an object with a picocli {@code @Command}. */
final class Commands {
  private Commands() {}

  static List<Object> all() {
    return List.of(
        new DemoCommand(),
        new RunCommand(),
        new JobsCommand(),
        new CheckCommand(),
        new SqlCommand(),
        new IdentityCommand(),
        new SchemasCommand(),
        new PredictorCommand(),
        new BenchCommand());
  }
}
