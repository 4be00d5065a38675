package dev.tributary.pipelines.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.pipelines.identity.IdentityLake.Account;
import dev.tributary.pipelines.identity.IdentityLake.Event;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However evidence is cut into runs, and in whatever order it comes, the profiles are the same. */
class IncrementalTest {
  private static final int[] SEEDS = {20_261_122};
  private static final int EVENTS = 120;
  private static final int RUNS = 4;

  @TempDir Path directory;

  @Test
  void runsOnPartsInRandomOrderEqualOneRunOnAll() {
    for (int seed : SEEDS) {
      System.out.println("seed " + seed);
      Random random = new Random(seed);
      List<Event> events = events(random);
      List<Account> accounts = accounts(random);

      IdentityLake once = new IdentityLake(directory.resolve("once-" + seed));
      once.land(events);
      once.accounts(accounts);
      once.run();
      Map<String, String> batch = once.links();
      List<String> profiles = profiles(once);
      assertThat(batch).hasSizeGreaterThan(60);

      Collections.shuffle(events, random);
      Collections.shuffle(accounts, random);
      IdentityLake parts = new IdentityLake(directory.resolve("parts-" + seed));
      for (int run = 0; run < RUNS; run++) {
        parts.land(part(events, run));
        parts.accounts(part(accounts, run));
        parts.run();
      }
      assertThat(parts.links()).isEqualTo(batch);
      assertThat(profiles(parts)).isEqualTo(profiles);
      assertThat(dropped(parts)).isEqualTo(dropped(once));

      parts.run("rebuild=true");
      assertThat(parts.links()).isEqualTo(batch);
      assertThat(profiles(parts)).isEqualTo(profiles);
    }
  }

  private static <T> List<T> part(List<T> all, int run) {
    return all.subList(all.size() * run / RUNS, all.size() * (run + 1) / RUNS);
  }

  private static List<String> profiles(IdentityLake lake) {
    return lake.rows(
        "SELECT profile_id, size, confidence, density, first_seen FROM identity.profiles"
            + " ORDER BY profile_id");
  }

  private static List<String> dropped(IdentityLake lake) {
    return lake.rows(
        "SELECT left_type, left_value, right_type, right_value, rule, reason"
            + " FROM identity.dropped ORDER BY ALL");
  }

  /** Logins of few persons on many devices, kiosks that are hubs, devices that never log in. */
  private static List<Event> events(Random random) {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      int person = random.nextInt(40);
      String user = "u" + person;
      String device = random.nextInt(12) == 0 ? "kiosk" : "d" + person + "-" + random.nextInt(3);
      events.add(
          switch (random.nextInt(6)) {
            case 0 -> new Event(random.nextInt(5_000), "page", device, null, null);
            case 1 -> new Event(random.nextInt(5_000), "alias", device, user, "u" + (person ^ 1));
            default -> Event.login(random.nextInt(5_000), device, user);
          });
    }
    for (int i = 0; i < 15; i++) {
      events.add(Event.login(random.nextInt(5_000), "kiosk", "u" + i));
    }
    return events;
  }

  private static List<Account> accounts(Random random) {
    List<Account> accounts = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      int person = random.nextInt(40);
      String email = random.nextInt(5) == 0 ? "family" + person / 4 : "p" + person;
      accounts.add(
          new Account(
              random.nextInt(5_000),
              "u" + person,
              email + "@example.com",
              random.nextBoolean(),
              random.nextInt(4) == 0 ? "+44 20 7946 0" + (100 + person / 2) : null));
    }
    return accounts;
  }
}
