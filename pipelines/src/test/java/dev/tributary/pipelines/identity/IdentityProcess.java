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

/** A run of the job in a JVM of its own, to be killed. Prints {@code DONE} at its end. */
final class IdentityProcess {
  static final String DONE = "DONE ";
  private static final int HEAP_MEGABYTES = 768;

  private IdentityProcess() {}

  /** Starts a run. Its temporary files and its log, {@code <number>.log}, go to {@code work}. */
  static ChildJvm start(Path work, String number, Path lake) throws IOException {
    return ChildJvm.start(
        "identity run " + number,
        IdentityProcess.class,
        HEAP_MEGABYTES,
        ShortLivedJvm.options(work),
        List.of(lake.toString()),
        work.resolve(number + ".log"));
  }

  public static void main(String[] arguments) throws Exception {
    ChildJvm.exitWithParent();
    LakeSession.useUtc();
    SparkSession spark =
        LakeSession.on(Lake.at(arguments[0])).with("spark.sql.shuffle.partitions", "2").open();
    IdentityConfig config = ConfigBinder.bind(IdentityConfig.class);
    System.out.println(
        DONE + new IdentityJob().run(JobContext.of(arguments[0], spark), config).values());
    spark.stop();
    System.exit(0);
  }
}
