package dev.tributary.pipelines.landing;

import dev.tributary.pipelines.broker.ChildJvm;
import dev.tributary.pipelines.broker.ShortLivedJvm;
import dev.tributary.pipelines.job.ConfigBinder;
import dev.tributary.pipelines.job.JobContext;
import dev.tributary.pipelines.job.JobResult;
import dev.tributary.pipelines.lake.Lake;
import dev.tributary.pipelines.lake.LakeSession;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/**
 * A landing run in a JVM of its own, to be killed. Prints {@code READY} when its Spark is up and
 * {@code DONE} with the run's counts at its end.
 */
final class LandingProcess {
  static final String READY = "READY";
  static final String DONE = "DONE ";
  private static final int HEAP_MEGABYTES = 1024;

  private LandingProcess() {}

  /** Starts a run. Its temporary files and its log, {@code <number>.log}, go to {@code work}. */
  static ChildJvm start(Path work, String number, Path lake, List<String> arguments)
      throws IOException {
    List<String> all = new ArrayList<>(List.of(lake.toString()));
    all.addAll(arguments);
    return ChildJvm.start(
        "landing run " + number,
        LandingProcess.class,
        HEAP_MEGABYTES,
        ShortLivedJvm.options(work),
        all,
        work.resolve(number + ".log"));
  }

  public static void main(String[] arguments) throws Exception {
    ChildJvm.exitWithParent();
    LakeSession.useUtc();
    SparkSession spark = LakeSession.on(Lake.at(arguments[0])).open();
    System.out.println(READY);
    String[] settings = Arrays.copyOfRange(arguments, 1, arguments.length);
    LandingConfig config = ConfigBinder.bind(LandingConfig.class, settings);
    JobResult result = new LandingJob().run(JobContext.of(arguments[0], spark), config);
    System.out.println(DONE + result.values());
    spark.stop();
    System.exit(0);
  }
}
