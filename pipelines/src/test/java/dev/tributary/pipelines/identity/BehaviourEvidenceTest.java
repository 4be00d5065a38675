package dev.tributary.pipelines.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Devices that never log in are joined by what they do, however the events come. */
class BehaviourEvidenceTest {
  private static final int PERSONS = 160;
  private static final StructType EVENT =
      new StructType()
          .add("message_id", "string")
          .add("event_time", "timestamp")
          .add("type", "string")
          .add("source", "string")
          .add("anonymous_id", "string")
          .add("user_id", "string")
          .add("previous_id", "string")
          .add("ip", "string")
          .add("context_page_path", "string")
          .add("event_date", "date");
  private static final String RULES =
      """
      types: {anonymous_id: text, user_id: text}
      evidence:
        - rule: same_login
          table: silver.activity
          left: {anonymous_id: anonymous_id}
          right: {user_id: user_id}
          confidence: 0.98
      behaviour:
        devices:
          - table: silver.activity
            device: {anonymous_id: anonymous_id}
            login: user_id
            network: ip
            page: context_page_path
      """;

  @TempDir Path directory;
  private int messages;

  @Test
  void eventsInPartsGiveWhatARebuildGives() throws IOException {
    List<Row> events = events(new Random(20_261_123));
    Collections.shuffle(events, new Random(9));
    int part = events.size() * 2 / 3;
    IdentityLake lake = new IdentityLake(directory);
    lake.save(events.subList(0, part), EVENT, "silver/activity", "event_date");
    run(lake);
    lake.save(events.subList(part, events.size()), EVENT, "silver/activity", "event_date");
    run(lake);
    List<String> matches = matches(lake);
    Map<String, String> links = lake.links();
    assertRight(links);
    assertExplained(lake);

    run(lake, "rebuild=true");
    assertThat(matches(lake)).isEqualTo(matches);
    assertThat(lake.links()).isEqualTo(links);
  }

  private static void assertRight(Map<String, String> links) {
    int right = 0;
    int wrong = 0;
    for (int person = 0; person < PERSONS; person++) {
      String known = links.get("anonymous_id:d" + person + "a");
      String stranger = links.get("anonymous_id:d" + person + "c");
      right += stranger != null && stranger.equals(known) ? 1 : 0;
      String neighbour = links.get("anonymous_id:d" + (person + 1) % PERSONS + "a");
      wrong += known.equals(neighbour) ? 1 : 0;
    }
    System.out.println("devices without login: " + right + " joined rightly, wrongly " + wrong);
    assertThat(right).isGreaterThan(40);
    assertThat(wrong).isZero();
  }

  private void assertExplained(IdentityLake lake) throws IOException {
    Row pair = lake.spark().sql("SELECT * FROM identity.matches ORDER BY ALL").head();
    IdentityQueries.Explanation why =
        new IdentityQueries(lake.spark(), lake.directory().toString(), Optional.of(rules()))
            .explain("anonymous_id:" + pair.getString(2), "anonymous_id:" + pair.getString(4));
    assertThat(why.words())
        .contains("behaviour:devices-1 weighed", "devices on the smallest network in common");
    assertThat(why.json().get("path").toString()).contains("comparisons=");
  }

  /**
   * Devices a and b of each person log in, device c of every third never does; all are at home, at
   * times in an office that eight share. Every fifth person shares the home with the next.
   */
  private List<Row> events(Random random) {
    List<Row> events = new ArrayList<>();
    for (int person = 0; person < PERSONS; person++) {
      int home = person % 5 == 1 ? person - 1 : person;
      for (String device : person % 3 == 0 ? List.of("a", "b", "c") : List.of("a", "b")) {
        for (int visit = 0; visit < 4; visit++) {
          boolean office = random.nextInt(4) == 0;
          String ip = office ? "198.19.0." + (1 + person / 8) : "198.18.1." + (1 + home);
          int day = random.nextInt(14);
          Instant at =
              IdentityLake.DAY.plusSeconds(day * 86_400L + (office ? 36_000 : 72_000) + visit);
          boolean favourite = random.nextInt(3) > 0;
          String page = "/p/" + (favourite ? person * 2 + random.nextInt(2) : 9_000);
          String user = device.equals("c") || visit > 0 ? null : "u" + person;
          events.add(
              RowFactory.create(
                  "m" + messages++,
                  at,
                  "page",
                  "web",
                  "d" + person + device,
                  user,
                  null,
                  ip,
                  page,
                  LocalDate.ofInstant(at, ZoneOffset.UTC)));
        }
      }
    }
    return events;
  }

  private static List<String> matches(IdentityLake lake) {
    return lake.rows("SELECT * FROM identity.matches ORDER BY ALL");
  }

  private Path rules() throws IOException {
    Path file = directory.resolve("rules.yaml");
    Files.writeString(file, RULES);
    return file;
  }

  private void run(IdentityLake lake, String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.add("rules=" + rules());
    lake.run(arguments.toArray(String[]::new));
  }
}
