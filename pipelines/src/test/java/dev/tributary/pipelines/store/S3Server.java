package dev.tributary.pipelines.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import scala.Option;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A real S3 server (S3Proxy, in memory) in a JVM of its own, one for all tests of this JVM; it ends
 * with it. Its class path is written by the build; its program is {@code src/test/s3proxy}.
 */
public final class S3Server {
  static final String ACCESS_KEY = "test-access-key";
  static final String SECRET = "a-test-secret-that-nobody-may-see";

  private static final String READY = "listening ";
  private static S3Server shared;

  /** Kept, since its input is the server's life. */
  private final Process process;

  private final URI endpoint;

  private S3Server(Process process, URI endpoint) {
    this.process = process;
    this.endpoint = endpoint;
  }

  /** The server, started when it is first asked for. */
  public static synchronized S3Server running() {
    if (shared == null || !shared.process.isAlive()) {
      shared = start();
    }
    return shared;
  }

  /** Ends what Spark another test has left: its settings are those of the process. */
  public static void endOtherSessions() {
    Option<SparkSession> left = SparkSession.getDefaultSession();
    if (left.isDefined()) {
      left.get().stop();
    }
  }

  private static S3Server start() {
    try {
      Path classPath = Path.of("target", "s3-server-classpath");
      ProcessBuilder builder =
          new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-Xmx512m",
              "-XX:+UseSerialGC",
              "-XX:TieredStopAtLevel=1",
              Path.of("src", "test", "s3proxy", "S3Server.java").toString(),
              ACCESS_KEY,
              SECRET);
      builder.environment().put("CLASSPATH", Files.readString(classPath));
      Path log = Path.of("target", "s3-server-" + ProcessHandle.current().pid() + ".log");
      builder.redirectError(log.toFile());
      Process process = builder.start();
      BufferedReader out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      String line = out.readLine();
      if (line == null || !line.startsWith(READY)) {
        throw new IllegalStateException("the S3 server did not start, see " + log);
      }
      return new S3Server(
          process, URI.create("http://127.0.0.1:" + line.substring(READY.length())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes a bucket; its URI. */
  public String bucket(String name) {
    try (S3Client client =
        S3Client.builder()
            .endpointOverride(endpoint)
            .region(Region.US_EAST_1)
            .forcePathStyle(true)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET)))
            .build()) {
      client.createBucket(request -> request.bucket(name));
    }
    return "s3a://" + name;
  }

  /** What a user of such a store would set, by Hadoop's keys. */
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("fs.s3a.endpoint", endpoint.toString());
    settings.put("fs.s3a.endpoint.region", "us-east-1");
    settings.put("fs.s3a.path.style.access", "true");
    settings.put("fs.s3a.access.key", ACCESS_KEY);
    settings.put("fs.s3a.secret.key", SECRET);
    return settings;
  }

  /** The same by Spark's keys. */
  public Map<String, String> sparkSettings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings().forEach((key, value) -> settings.put("spark.hadoop." + key, value));
    return settings;
  }

  /** A configuration with the {@linkplain #settings settings}, and more. */
  public Configuration hadoop(String... more) {
    Configuration hadoop = new Configuration();
    S3Settings.defaults(hadoop).forEach(hadoop::set);
    settings().forEach(hadoop::set);
    for (String each : List.of(more)) {
      int equals = each.indexOf('=');
      hadoop.set(each.substring(0, equals), each.substring(equals + 1));
    }
    return hadoop;
  }
}
