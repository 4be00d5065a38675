package dev.tributary.pipelines.lake;

import dev.tributary.pipelines.store.Reachability;
import dev.tributary.pipelines.store.S3Settings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TimeZone;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/**
 * Opens Spark sessions on a lake. What spark-submit or a cluster has set (master, memory, anything)
 * wins over the defaults here, and what the caller sets wins over both.
 *
 * @param lake the lake whose names the session resolves
 * @param application the name in Spark's UI and event log
 * @param settings Spark settings of the caller
 */
public record LakeSession(Lake lake, String application, Map<String, String> settings) {
  private static final int MOST_DEFAULT_PARTITIONS = 8;

  /** Databricks has its own S3A, credentials and log store. */
  private static final boolean ON_DATABRICKS = System.getenv("DATABRICKS_RUNTIME_VERSION") != null;

  public LakeSession {
    Objects.requireNonNull(lake, "lake");
    Objects.requireNonNull(application, "application");
    settings = Map.copyOf(settings);
  }

  /** A session with the defaults only. */
  public static LakeSession on(Lake lake) {
    return new LakeSession(lake, "tributary", Map.of());
  }

  public LakeSession named(String application) {
    return new LakeSession(lake, application, settings);
  }

  /** The same with one more Spark setting. */
  public LakeSession with(String key, String value) {
    Map<String, String> more = new LinkedHashMap<>(settings);
    more.put(key, value);
    return new LakeSession(lake, application, more);
  }

  /**
   * Opens the session, or takes the one that this process has, and sets what can still be set.
   *
   * @throws dev.tributary.pipelines.store.StoreException when the lake's object store cannot be
   *     used
   */
  public SparkSession open() {
    SparkConf given = new SparkConf();
    boolean known = isOpen();
    SparkSession.Builder builder = SparkSession.builder();
    defaults().forEach((key, value) -> builder.config(key, given.get(key, value)));
    // The lake's, whatever a cluster has: names, and days that begin at the same instant
    // everywhere.
    builder.config("spark.sql.extensions", extensions(given));
    builder.config(Lake.SETTING, lake.toString());
    builder.config("spark.sql.session.timeZone", "UTC");
    settings.forEach(builder::config);
    SparkSession session = builder.getOrCreate();
    if (!known && !ON_DATABRICKS) {
      Reachability.require(lake.toString(), session.sessionState().newHadoopConf());
    }
    return session;
  }

  /** Whether this process has a session on the lake, which was asked for when it was opened. */
  private boolean isOpen() {
    Option<SparkSession> before = SparkSession.getDefaultSession();
    return before.isDefined()
        && !before.get().sparkContext().isStopped()
        && before.get().conf().get(Lake.SETTING, "").equals(lake.toString());
  }

  private static String extensions(SparkConf given) {
    String ours = LakeExtension.class.getName();
    String listed = given.get("spark.sql.extensions", "");
    return listed.isBlank() ? ours : listed.contains(ours) ? listed : listed + "," + ours;
  }

  private Map<String, String> defaults() {
    int cores = Runtime.getRuntime().availableProcessors();
    Map<String, String> defaults = new LinkedHashMap<>();
    defaults.put("spark.master", "local[*]");
    defaults.put("spark.app.name", application);
    defaults.put("spark.ui.enabled", "false");
    defaults.put("spark.ui.showConsoleProgress", "false");
    defaults.put("spark.sql.catalogImplementation", "in-memory");
    defaults.put("spark.sql.sources.default", "delta");
    defaults.put("spark.sql.parquet.compression.codec", "zstd");
    defaults.put("spark.hadoop.fs.file.impl", LocalFiles.class.getName());
    defaults.put("spark.hadoop.fs.AbstractFileSystem.file.impl", LocalFileContext.class.getName());
    if (S3Settings.isS3(lake.toString()) && !ON_DATABRICKS) {
      S3Settings.spark(new Configuration()).forEach(defaults::put);
    }
    // A job of many small queries would compile them again and again with the default of 100.
    defaults.put("spark.sql.codegen.cache.maxEntries", "1000");
    if (new SparkConf().get("spark.master", "local").startsWith("local")) {
      defaults.put("spark.driver.host", "localhost");
      defaults.put("spark.driver.bindAddress", "127.0.0.1");
      defaults.put(
          "spark.sql.shuffle.partitions",
          Integer.toString(Math.min(2 * cores, MOST_DEFAULT_PARTITIONS)));
      defaults.put(LakeExtension.STATE_PARTITIONS, "2");
      defaults.put("spark.sql.sources.parallelPartitionDiscovery.parallelism", "2");
      defaults.put("spark.cleaner.referenceTracking.cleanCheckpoints", "true");
    }
    return defaults;
  }

  /** Days, hours and printed times are UTC's in this whole JVM; launchers call it first. */
  public static void useUtc() {
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
  }
}
