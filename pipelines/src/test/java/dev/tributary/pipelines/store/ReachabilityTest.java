package dev.tributary.pipelines.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tributary.pipelines.job.ExitCode;
import dev.tributary.pipelines.job.Failure;
import java.time.Duration;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ReachabilityTest {
  private static String bucket;

  @BeforeAll
  static void start() {
    bucket = S3Server.running().bucket("reachable");
  }

  private static StoreException refused(String place, Configuration hadoop) {
    StoreException refused =
        catchThrowableOfType(StoreException.class, () -> Reachability.require(place, hadoop));
    assertThat(refused).as(place).isNotNull();
    Failure failure = Failure.of(new IllegalStateException(refused), "The command");
    assertThat(failure.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(failure.paragraph()).isEqualTo(refused.getMessage()).contains(". Fix: ");
    for (Throwable link = refused; link != null; link = link.getCause()) {
      assertThat(link.getMessage()).doesNotContain(S3Server.SECRET, "a-wrong-secret");
    }
    return refused;
  }

  @Test
  void aLakeThatIsNotThereYetIsReachable() {
    assertThatCode(() -> Reachability.require(bucket + "/no/lake", S3Server.running().hadoop()))
        .doesNotThrowAnyException();
  }

  @Test
  void aMissingBucketIsCalledByItsName() {
    assertThat(refused("s3a://no-such-bucket/lake", S3Server.running().hadoop()))
        .hasMessageStartingWith("There is no bucket 'no-such-bucket'.");
  }

  @Test
  void missingCredentialsAreAskedForWithoutWaiting() {
    Configuration hadoop = S3Server.running().hadoop();
    hadoop.unset("fs.s3a.access.key");
    hadoop.unset("fs.s3a.secret.key");
    hadoop.set(
        "fs.s3a.aws.credentials.provider", "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider");
    assertThat(refused(bucket + "/lake", hadoop))
        .hasMessageContaining("There are no credentials")
        .hasMessageContaining("AWS_ACCESS_KEY_ID");
  }

  @Test
  void refusedCredentialsAreNotShown() {
    assertThat(
            refused(
                bucket + "/lake",
                S3Server.running().hadoop("fs.s3a.secret.key=a-wrong-secret-entirely")))
        .hasMessageContaining("may not be read with these credentials");
  }

  @Test
  void anEndpointWhereNobodyListensIsToldInSeconds() {
    Configuration hadoop = S3Server.running().hadoop("fs.s3a.endpoint=http://127.0.0.1:1");
    long started = System.nanoTime();
    assertThat(refused(bucket + "/lake", hadoop))
        .hasMessageContaining("cannot be reached")
        .hasMessageContaining("http://127.0.0.1:1")
        .hasMessageContaining("Connection refused");
    assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(20));
  }
}
