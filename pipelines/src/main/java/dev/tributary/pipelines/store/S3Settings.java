package dev.tributary.pipelines.store;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/**
 * What S3A is told where nobody has told it otherwise. Whatever stands in {@code core-site.xml} or
 * is given as {@code spark.hadoop.fs.s3a.…} wins. Credentials are never among these: they come from
 * the environment, a profile, a web identity token or the instance.
 */
public final class S3Settings {
  /**
   * Whether the store refuses {@code PUT} with {@code If-None-Match: *} for a key that is there;
   * the name that Hadoop has for it from 3.4.2 on. S3 does since August 2024.
   */
  public static final String CONDITIONAL = "fs.s3a.create.conditional.enabled";

  private static final String SPARK = "spark.hadoop.";
  private static final String HADOOP_DEFAULTS = "core-default.xml";
  private static final String PROVIDERS =
      String.join(
          ",",
          "org.apache.hadoop.fs.s3a.TemporaryAWSCredentialsProvider",
          "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider",
          StandardCredentials.class.getName());

  private S3Settings() {}

  /** Whether a place is read and written by S3A. */
  public static boolean isS3(String place) {
    return place.startsWith("s3a:/");
  }

  /**
   * The settings that Hadoop's own configuration leaves open, by Hadoop's keys. Delta Kernel's log
   * store is one of them.
   */
  public static Map<String, String> defaults(Configuration hadoop) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("fs.s3a.aws.credentials.provider", PROVIDERS);
    settings.put("io.delta.kernel.logStore.s3a.impl", ConditionalLogStore.class.getName());
    settings.keySet().removeIf(key -> isSet(key, hadoop));
    return settings;
  }

  /** The same for a Spark session, by Spark's keys, and Delta's log store for Spark. */
  public static Map<String, String> spark(Configuration hadoop) {
    Map<String, String> settings = new LinkedHashMap<>();
    defaults(hadoop).forEach((key, value) -> settings.put(SPARK + key, value));
    settings.put("spark.delta.logStore.s3a.impl", ConditionalLogStore.class.getName());
    return settings;
  }

  private static boolean isSet(String key, Configuration hadoop) {
    String[] sources = hadoop.getPropertySources(key);
    return sources != null && !sources[sources.length - 1].endsWith(HADOOP_DEFAULTS);
  }

  /**
   * A configuration as a Spark session of this process would have it: Hadoop's files, the defaults
   * here, and over both the system properties {@code spark.hadoop.…}.
   */
  public static Configuration ofProcess() {
    Configuration hadoop = new Configuration();
    defaults(hadoop).forEach(hadoop::set);
    System.getProperties().stringPropertyNames().stream()
        .filter(name -> name.startsWith(SPARK))
        .forEach(name -> hadoop.set(name.substring(SPARK.length()), System.getProperty(name)));
    return hadoop;
  }
}
