package dev.tributary.pipelines.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Asks a store once, and briefly, whether it can be used. S3A is patient, as a long run wants it to
 * be: a wrong endpoint it tries for many minutes. Whoever has mistyped a bucket learns it here.
 */
public final class Reachability {
  /** S3A takes no timeout below 15 seconds: a store that accepts and is silent takes a minute. */
  private static final Map<String, String> IMPATIENT =
      Map.of(
          "fs.s3a.attempts.maximum", "1",
          "fs.s3a.retry.limit", "1",
          "fs.s3a.retry.interval", "100ms",
          "fs.s3a.connection.establish.timeout", "15s",
          "fs.s3a.connection.timeout", "15s");

  private static final Set<String> NO_CREDENTIALS =
      Set.of(
          "org.apache.hadoop.fs.s3a.auth.NoAuthWithAWSException",
          "org.apache.hadoop.fs.s3a.auth.NoAwsCredentialsException",
          "org.apache.hadoop.fs.s3a.CredentialInitializationException");
  private static final String NO_CREDENTIALS_FOUND = "Unable to load credentials";
  private static final String NO_BUCKET = "org.apache.hadoop.fs.s3a.UnknownStoreException";

  private Reachability() {}

  /**
   * Returns when the place can be asked for, whether or not anything is there; a place that is not
   * on S3 is not asked.
   *
   * @throws StoreException when the bucket is missing, credentials are missing or refused, or
   *     nothing answers
   */
  public static void require(String place, Configuration hadoop) {
    if (!S3Settings.isS3(place)) {
      return;
    }
    Configuration impatient = new Configuration(hadoop);
    IMPATIENT.forEach(impatient::set);
    Path path = new Path(place);
    try (FileSystem store = FileSystem.newInstance(path.toUri(), impatient)) {
      store.getFileStatus(path);
    } catch (FileNotFoundException nothingThereYet) {
      return;
    } catch (IOException | RuntimeException e) {
      throw explained(place, hadoop, e);
    }
  }

  private static StoreException explained(String place, Configuration hadoop, Exception error) {
    String bucket = new Path(place).toUri().getAuthority();
    String endpoint =
        Optional.of(hadoop.getTrimmed("fs.s3a.endpoint", ""))
            .filter(set -> !set.isEmpty())
            .orElse("the endpoint of its region");
    if (links(error).anyMatch(link -> link.getClass().getName().equals(NO_BUCKET))) {
      return new StoreException(
          "There is no bucket '%s'".formatted(bucket),
          "The store at %s does not know it".formatted(endpoint),
          "make the bucket, or correct " + place + " or spark.hadoop.fs.s3a.endpoint",
          error);
    }
    if (links(error).anyMatch(Reachability::isForWantOfCredentials)) {
      return new StoreException(
          "There are no credentials for " + place,
          "The environment, the profiles and the instance hold none",
          "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, or run it where a role"
              + " gives them",
          error);
    }
    if (links(error).anyMatch(AccessDeniedException.class::isInstance)) {
      return new StoreException(
          place + " may not be read with these credentials",
          "The store at %s refused them: %s".formatted(endpoint, last(error)),
          "use others, or let them list, read, write and delete there",
          error);
    }
    return new StoreException(
        place + " cannot be reached",
        "The store at %s did not answer: %s".formatted(endpoint, last(error)),
        "check the network, spark.hadoop.fs.s3a.endpoint and spark.hadoop.fs.s3a.endpoint.region",
        error);
  }

  private static boolean isForWantOfCredentials(Throwable link) {
    return NO_CREDENTIALS.contains(link.getClass().getName())
        || String.valueOf(link.getMessage()).contains(NO_CREDENTIALS_FOUND);
  }

  private static Stream<Throwable> links(Throwable error) {
    return Stream.iterate(error, link -> link != null, Throwable::getCause).limit(30);
  }

  /** The innermost message, of one line. */
  private static String last(Throwable error) {
    Throwable root = links(error).reduce(error, (before, link) -> link);
    String line = String.valueOf(root.getMessage()).lines().findFirst().orElse("");
    return root.getClass().getSimpleName() + ": " + line;
  }
}
