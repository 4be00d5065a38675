package dev.tributary.pipelines.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.pipelines.identity.IdentityLake.Account;
import dev.tributary.pipelines.identity.IdentityLake.Event;
import dev.tributary.pipelines.lake.Lake;
import dev.tributary.pipelines.store.S3Server;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Identity on a lake at s3a: a first run, a small delta, and all of it anew. */
class S3IdentityTest {
  private static final String PROFILES =
      "SELECT profile_id, size, confidence, first_seen FROM identity.profiles ORDER BY profile_id";

  private static IdentityLake lake;

  @BeforeAll
  static void start() {
    S3Server.endOtherSessions();
    lake =
        new IdentityLake(
            Lake.at(S3Server.running().bucket("identity") + "/lake"),
            S3Server.running().sparkSettings());
  }

  @AfterAll
  static void stop() {
    lake.spark().stop();
  }

  @Test
  void aDeltaOnS3EqualsARebuild() {
    lake.land(logins(0, 40));
    lake.accounts(
        List.of(
            new Account(10, "u1", "one@example.com", true, null),
            new Account(11, "u2", "two@example.com", true, null)));
    lake.run();
    Map<String, String> before = lake.links();
    assertThat(before.get("user_id:u1")).isNotEqualTo(before.get("user_id:u2"));

    lake.land(List.of(Event.login(500, "d1", "u1"), Event.login(501, "d-new", "u3")));
    lake.accounts(List.of(new Account(600, "u2", "one@example.com", true, null)));
    lake.run();
    Map<String, String> delta = lake.links();
    List<String> profiles = lake.rows(PROFILES);
    assertThat(delta).hasSizeGreaterThan(before.size());
    assertThat(delta.get("user_id:u1")).isEqualTo(delta.get("user_id:u2"));

    lake.run("rebuild=true");
    assertThat(lake.links()).isEqualTo(delta);
    assertThat(lake.rows(PROFILES)).isEqualTo(profiles);
  }

  private static List<Event> logins(int from, int until) {
    List<Event> events = new ArrayList<>();
    for (int n = from; n < until; n++) {
      events.add(Event.login(n, "d" + n, "u" + n / 2));
    }
    return events;
  }
}
