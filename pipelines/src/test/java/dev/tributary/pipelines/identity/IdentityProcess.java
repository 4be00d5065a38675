package dev.tributary.pipelines.identity;

import dev.tributary.pipelines.broker.ChildJvm;
import dev.tributary.pipelines.broker.ShortLivedJvm;
import dev.tributary.pipelines.job.ConfigBinder;
import dev.tributary.pipelines.job.JobContext;
import dev.tributary.pipelines.lake.Lake;
import dev.tributary.pipelines.lake.LakeSession;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** A run of the job in a JVM of its own that stands still at a file, to be killed there. */
final class IdentityProcess {
  private static final int HEAP_MEGABYTES = 768;

  private IdentityProcess() {}

  /**
   * Starts a run. Its temporary files and its log, {@code <number>.log}, go to {@code work}.
   *
   * @param until how the path of the file ends at which it stands still
   */
  static ChildJvm start(Path work, String number, Path lake, String until) throws IOException {
    return ChildJvm.start(
        "identity run " + number,
        IdentityProcess.class,
        HEAP_MEGABYTES,
        ShortLivedJvm.options(work),
        List.of(lake.toString(), until),
        work.resolve(number + ".log"));
  }

  public static void main(String[] arguments) throws Exception {
    ChildJvm.exitWithParent();
    LakeSession.useUtc();
    SparkSession spark =
        new LakeSession(Lake.at(arguments[0]), "identity", StandingStill.at(arguments[1]))
            .with("spark.sql.shuffle.partitions", "2")
            .open();
    IdentityConfig config = ConfigBinder.bind(IdentityConfig.class);
    new IdentityJob().run(JobContext.of(arguments[0], spark), config);
    System.exit(0);
  }
}
