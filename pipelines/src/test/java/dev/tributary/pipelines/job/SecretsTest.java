package dev.tributary.pipelines.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "kafka.sasl.jaas.config",
        "kafka.ssl.key.password",
        "client-secret",
        "openlineage.api-key",
        "spark.hadoop.fs.s3a.secret.key",
        "spark.hadoop.fs.s3a.access.key",
        "TOKEN"
      })
  void knowsASecretByItsKey(String key) {
    assertThat(Secrets.isSecretKey(key)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"topic", "kafka.security.protocol", "retry.attempts", "key-column"})
  void leavesOtherKeysAlone(String key) {
    assertThat(Secrets.isSecretKey(key)).isFalse();
  }

  @Test
  void takesSecretsOutOfAnyText() {
    Settings settings =
        Settings.read(
            List.of("kafka.sasl.jaas.config=Login required username=\"u\" password=\"hunter22\";"));
    Secrets secrets = Secrets.of(settings, List.of());
    assertThat(secrets.scrub("login with hunter22 failed at jdbc://me:pass@host/db"))
        .isEqualTo("login with *** failed at jdbc://***@host/db");
  }
}
