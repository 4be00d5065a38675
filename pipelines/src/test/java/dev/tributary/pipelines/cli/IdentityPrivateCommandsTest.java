package dev.tributary.pipelines.cli;

import static dev.tributary.pipelines.cli.InProcessCommand.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.pipelines.cli.InProcessCommand.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two partners, from a key to links, by the command line alone. */
class IdentityPrivateCommandsTest {
  @TempDir Path directory;

  private String file(String name) {
    return directory.resolve(name).toString();
  }

  /** People number {@code from} to {@code to}; the same number is the same person. */
  private void table(String name, int from, int to, String surnameEnd) throws IOException {
    StringBuilder csv = new StringBuilder("id,given,surname,born,email\n");
    for (int i = from; i < to; i++) {
      SplittableRandom random = new SplittableRandom(i);
      String given = word(random);
      csv.append(name).append(i).append(',').append(given).append(',');
      csv.append(word(random)).append(surnameEnd);
      csv.append(",19").append(10 + random.nextInt(90)).append("-0").append(1 + random.nextInt(9));
      csv.append("-").append(10 + random.nextInt(19)).append(',');
      csv.append(given).append(i).append("@x.org\n");
    }
    Files.writeString(directory.resolve(name + ".csv"), csv.toString());
  }

  private static String word(SplittableRandom random) {
    return random
        .ints(6, 'a', 'z' + 1)
        .mapToObj(letter -> String.valueOf((char) letter))
        .collect(Collectors.joining());
  }

  @Test
  void partnersLinkTheirTablesWithoutShowingThem() throws IOException {
    table("a", 0, 80, "");
    table("b", 40, 120, "e");
    Ended made = run("identity", "keygen", "--output", file("key"));
    assertThat(made.code()).isZero();
    assertThat(made.out().strip()).hasSize(16);
    assertThat(
            run(
                    "identity",
                    "encode",
                    "--input",
                    file("a.csv"),
                    "--key",
                    file("key"),
                    "--output",
                    file("a.enc"),
                    "--save-config",
                    file("shared.yaml"))
                .err())
        .contains("80 records encoded", "key " + made.out().strip());
    Ended encoded =
        run(
            "identity",
            "encode",
            "--config",
            file("shared.yaml"),
            "--input",
            file("b.csv"),
            "--key",
            file("key"),
            "--output",
            file("b.enc"));
    assertThat(encoded.code()).as(encoded.err()).isZero();
    Ended linked =
        run(
            "identity",
            "link-private",
            "--left",
            file("a.enc"),
            "--right",
            file("b.enc"),
            "--output",
            file("links"));
    assertThat(linked.code()).as(linked.err()).isZero();
    List<String> assignments = Files.readAllLines(directory.resolve("links/assignments.csv"));
    assertThat(assignments).hasSize(161).startsWith("record_id,cluster_id,confidence");
    assertThat(assignments).anyMatch(line -> line.startsWith("b:b50,a:a50,"));
    assertThat(Files.readAllLines(directory.resolve("links/links.csv"))).hasSize(41);
  }

  @Test
  void partnersFindTheirCommonAddressesInThreeSteps() throws IOException {
    table("a", 0, 30, "");
    table("b", 20, 60, "");
    assertThat(
            run(
                    "identity",
                    "psi",
                    "request",
                    "--input",
                    file("a.csv"),
                    "--column",
                    "email",
                    "--kind",
                    "EMAIL",
                    "--secret",
                    file("secret"),
                    "--output",
                    file("1.psi"))
                .code())
        .isZero();
    assertThat(
            run(
                    "identity",
                    "psi",
                    "answer",
                    "--input",
                    file("b.csv"),
                    "--column",
                    "email",
                    "--request",
                    file("1.psi"),
                    "--output",
                    file("2.psi"))
                .code())
        .isZero();
    Ended finished =
        run(
            "identity",
            "psi",
            "finish",
            "--input",
            file("a.csv"),
            "--column",
            "email",
            "--secret",
            file("secret"),
            "--answer",
            file("2.psi"),
            "--output",
            file("common.csv"));
    assertThat(finished.out().strip())
        .isEqualTo("{\"common\":10,\"own\":30,\"theirs\":40,\"sizeOnly\":false}");
    assertThat(Files.readAllLines(directory.resolve("common.csv")))
        .hasSize(11)
        .contains("email")
        .anyMatch(line -> line.endsWith("29@x.org"));
  }

  @Test
  void errorsSayWhatIsWrongAndExitWithTwo() {
    Ended ended =
        run(
            "identity",
            "encode",
            "--input",
            file("none.csv"),
            "--key",
            file("none"),
            "--output",
            file("x"));
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("none does not exist").contains("Fix: check the path");
    assertThat(run("identity", "keygen").code()).isEqualTo(2);
    assertThat(run("identity", "psi", "request", "--help").out()).contains("--secret=FILE");
    assertThat(run("identity", "link-private", "--help").out()).contains("--left=FILE");
    assertThat(run("identity").out()).contains("keygen", "encode", "link-private", "psi");
  }
}
