package dev.tributary.pipelines.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.pipelines.cli.InProcessCommand;
import dev.tributary.pipelines.cli.InProcessCommand.Ended;
import dev.tributary.pipelines.identity.IdentityLake.Account;
import dev.tributary.pipelines.identity.IdentityLake.Event;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people ask and decide, by the command line: decisions are facts and outlive every run. */
class IdentityCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;
  private IdentityLake lake;

  private Ended tributary(String... arguments) {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.addAll(List.of("--lake", lake.directory().toString()));
    return InProcessCommand.run(List.of(new IdentityJob()), all.toArray(String[]::new));
  }

  private String ok(String... arguments) {
    Ended ended = tributary(arguments);
    assertThat(ended.code()).as("%s: %s", List.of(arguments), ended.err()).isZero();
    return ended.out();
  }

  /** Two logins of one address, a third apart, and an address of twelve logins. */
  private void land() {
    lake = new IdentityLake(directory.resolve("lake"));
    lake.consent("c1", "user_id:u1", "given", 0);
    lake.land(
        List.of(
            Event.login(1, "d1", "u1"), Event.login(2, "d2", "u2"), Event.login(3, "d3", "u3")));
    List<Account> accounts = new ArrayList<>();
    accounts.add(new Account(10, "u1", "x@example.com", true, null));
    accounts.add(new Account(11, "u2", "x@example.com", true, null));
    for (int i = 0; i < 12; i++) {
      accounts.add(new Account(20 + i, "s" + i, "info@example.com", true, null));
    }
    lake.accounts(accounts);
    ok("run", "identity");
  }

  @Test
  void decisionsAreHeededExplainedAndOutliveRebuilds() throws Exception {
    land();
    String joined = lake.links().get("user_id:u1");
    assertThat(lake.links()).containsEntry("user_id:u2", joined);
    JsonNode shown = JSON.readTree(ok("identity", "show", "user_id:u2", "--json"));
    assertThat(shown.get("profile_id").textValue()).isEqualTo(joined);
    assertThat(shown.get("members").toString()).contains("email:x@example.com", "anonymous_id:d2");

    Ended refused = decide("must-link", "email:info@example.com", "user_id:u3");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err())
        .contains("email:info@example.com cannot be linked: it stands for nobody")
        .contains("more than 10 of type user_id", "Fix:");
    assertThat(decide("must-link", "user_id:u3", "user_id:u3").err()).contains("name two");
    assertThat(decide("must-link", "nonsense", "user_id:u3").code()).isEqualTo(2);

    assertThat(decide("cannot-link", "user_id:u1", "address:x|y|z").err())
        .contains("no household can be decided", "What is shared is address");

    assertThat(decide("must-link", "user_id:u1", "user_id:u3").code()).isZero();
    String left = "identity unmerge " + joined + " user_id:u2 anonymous_id:d2";
    assertThat(ok((left + " --author ada --reason two_persons").split(" ")))
        .contains("cannot-links; './tributary run identity' heeds them");
    ok("run", "identity");
    Map<String, String> decided = lake.links();
    assertThat(decided).containsEntry("user_id:u3", decided.get("user_id:u1"));
    assertThat(decided.get("user_id:u2")).isNotEqualTo(decided.get("user_id:u1"));
    assertThat(ok("identity", "explain", "user_id:u1", "user_id:u3"))
        .contains("are one", "must-link");
    assertThat(ok("identity", "explain", "user_id:u1", "user_id:u2"))
        .contains("are not one", "cannot-link by ada: two_persons");

    lake.accounts(List.of(new Account(60, "u3", "z@example.com", true, null)));
    ok("run", "identity");
    ok("run", "identity", "rebuild=true");
    decided.put("email:z@example.com", decided.get("user_id:u3"));
    assertThat(lake.links()).isEqualTo(decided);

    lake.consent("c1", "user_id:u1", "withdrawn", 90);
    ok("run", "identity");
    Path picture = directory.resolve("why.svg");
    JsonNode why =
        JSON.readTree(
            ok(
                "identity",
                "explain",
                "user_id:u1",
                "anonymous_id:d1",
                "--json",
                "--picture",
                picture.toString()));
    assertThat(why.get("linked").booleanValue()).isFalse();
    assertThat(why.at("/path/0/evidence/0/dropped").textValue()).isEqualTo("consent_withdrawn");
    assertThat(ok("identity", "explain", "user_id:u1", "anonymous_id:d1"))
        .contains("dropped: rests on a consent that was withdrawn (consent c1 was withdrawn)");
    assertThat(Files.readString(picture)).contains("<svg");
  }

  private Ended decide(String verdict, String one, String other) {
    return tributary(
        "identity", "decide", verdict, one, other, "--author", "ada", "--reason", "seen");
  }
}
