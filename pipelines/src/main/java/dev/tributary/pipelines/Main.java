package dev.tributary.pipelines;

import dev.tributary.pipelines.cli.Jobs;
import dev.tributary.pipelines.cli.Tributary;

/**
 * The entry of the launcher, of spark-submit and of Databricks JAR tasks; see {@link Tributary}.
 */
public final class Main {
  private Main() {}

  /** Runs the command line and exits with its code. */
  public static void main(String[] arguments) {
    Tributary.exit(Tributary.execute(Jobs.all(), arguments));
  }
}
