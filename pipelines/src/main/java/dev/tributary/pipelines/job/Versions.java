package dev.tributary.pipelines.job;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.package$;
import org.apache.spark.sql.delta.DeltaLog;

/** The versions that a run rests on. */
public final class Versions {
  private Versions() {}

  /** Our own, Spark's, Delta's, Scala's and Java's, by name. */
  public static Map<String, String> all() {
    Map<String, String> versions = new TreeMap<>();
    versions.put("tributary", tributary());
    versions.put("spark", package$.MODULE$.SPARK_VERSION());
    versions.put("delta", delta());
    versions.put("scala", scala.util.Properties.versionNumberString());
    versions.put("java", Runtime.version().toString());
    return versions;
  }

  private static String delta() {
    try {
      return of(DeltaLog.class).orElse("unknown");
    } catch (NoClassDefFoundError absent) {
      return "absent";
    }
  }

  /** Our own version, or "development" when run from class files. */
  public static String tributary() {
    return of(Versions.class).orElse("development");
  }

  private static Optional<String> of(Class<?> type) {
    return Optional.ofNullable(type.getPackage().getImplementationVersion());
  }
}
