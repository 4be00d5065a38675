package dev.tributary.pipelines.cli;

import static dev.tributary.pipelines.cli.InProcessCommand.run;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.pipelines.cli.InProcessCommand.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files in, files out, and what is said of bad ones. */
class IdentityLinkCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;

  private String file(String name) {
    return directory.resolve(name).toString();
  }

  private String written(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text);
    return file(name);
  }

  /** Two tables of the same 200 persons under other ids, every fifth misspelt in the second. */
  private void partners() throws IOException {
    Random random = new Random(11);
    StringBuilder left = new StringBuilder("id,first_name,surname,dob\n");
    StringBuilder right = new StringBuilder("id,first_name,surname,dob\n");
    StringBuilder truth = new StringBuilder("record_id,cluster_id\n");
    for (int i = 0; i < 200; i++) {
      String first = word(random, 5);
      String last = word(random, 8);
      String born = "19%02d-0%d-1%d".formatted(random.nextInt(90), 1 + i % 9, random.nextInt(9));
      left.append("a%d,%s,%s,%s%n".formatted(i, first, last, born));
      String other = i % 5 == 0 ? last.substring(1) : last;
      right.append("b%d,%s,%s,%s%n".formatted(i, first, other, born));
      truth.append("left:a%d,%d%nright:b%d,%d%n".formatted(i, i, i, i));
    }
    written("left.csv", left.toString());
    written("right.csv", right.toString());
    written("truth.csv", truth.toString());
  }

  private static String word(Random random, int length) {
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < length; i++) {
      word.append((char) ('a' + random.nextInt(26)));
    }
    return word.toString();
  }

  @Test
  void linksTwoFilesAndEvaluatesTheResult() throws IOException {
    partners();
    Ended linked =
        run(
            "identity",
            "link",
            "--input",
            file("left.csv"),
            file("right.csv"),
            "--output",
            file("out"),
            "--json");
    assertThat(linked.code()).as(linked.err()).isZero();
    JsonNode summary = JSON.readTree(linked.out());
    assertThat(summary.get("records").intValue()).isEqualTo(400);
    assertThat(summary.get("one_to_one").booleanValue()).isTrue();
    assertThat(Files.readAllLines(directory.resolve("out/assignments.csv")))
        .hasSize(401)
        .startsWith("record_id,cluster_id,confidence");
    assertThat(Files.readString(directory.resolve("out/model.html"))).contains("<svg", "surname");
    assertThat(JSON.readTree(directory.resolve("out/model.json").toFile()).at("/columns/dob"))
        .hasToString("\"DATE\"");
    Ended evaluated =
        run(
            "identity",
            "evaluate",
            "--assignments",
            file("out"),
            "--truth",
            file("truth.csv"),
            "--json");
    assertThat(evaluated.code()).isZero();
    JsonNode scores = JSON.readTree(evaluated.out());
    assertThat(scores.at("/pairwise/f1").doubleValue()).isGreaterThan(0.98);
    assertThat(scores.at("/b_cubed/f1").doubleValue()).isGreaterThan(0.98);
    assertThat(scores.get("missing").intValue()).isZero();
  }

  @Test
  void theModelsPageSaysWhatWeighsBesidesTheBars() throws IOException {
    Random random = new Random(3);
    StringBuilder csv = new StringBuilder("id,first_name,surname,street,city,list\n");
    for (int person = 0; person < 200; person++) {
      String name = word(random, 6) + "," + word(random, 8);
      for (int record = 0; record < 2; record++) {
        String place = "%d %s road,town%d".formatted(person, word(random, 4), random.nextInt(20));
        csv.append(2 * person + record).append(',').append(name).append(',');
        csv.append(place).append(",list").append(random.nextInt(9)).append('\n');
      }
    }
    Ended linked =
        run(
            "identity",
            "link",
            "--input",
            written("people.csv", csv.toString()),
            "--output",
            file("out"));
    assertThat(linked.code()).as(linked.err()).isZero();
    assertThat(Files.readString(directory.resolve("out/model.html")))
        .contains("two persons of one household", "it has moved with a probability of 0.")
        .contains("street, city take no more than", "of 1.00 it says nothing of who");
    JsonNode model = JSON.readTree(directory.resolve("out/model.json").toFile());
    assertThat(model.at("/moving/places")).hasToString("[\"street\",\"city\"]");
  }

  @Test
  void labelsRefineTheModelAndWrongOnesAreNamed() throws IOException {
    partners();
    String labels =
        written("labels.csv", "left,right,match\nleft:a1,right:b1,1\nleft:a1,right:b2,0\n");
    String[] link = {
      "identity", "link", "--input", file("left.csv"), file("right.csv"), "--output", file("out")
    };
    assertThat(run(link).code()).isZero();
    JsonNode learned = JSON.readTree(directory.resolve("out/model.json").toFile());
    Ended refined = run(with(link, labels));
    assertThat(refined.code()).as(refined.err()).isZero();
    assertThat(JSON.readTree(directory.resolve("out/model.json").toFile())).isNotEqualTo(learned);
    Ended unknown = run(with(link, written("bad.csv", "left,right\nleft:a1,right:c1\n")));
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err()).contains("bad.csv', record 1: no record has the id 'right:c1'");
    Ended both =
        run(with(link, written("c.csv", "a,b,m\nleft:a1,right:b1,1\nright:b1,left:a1,0\n")));
    assertThat(both.code()).isEqualTo(2);
    assertThat(both.err())
        .contains("c.csv', record 2: 'right:b1' and 'left:a1' match in one row and do not in");
    Ended itself = run(with(link, written("i.csv", "a,b,m\nleft:a1,left:a1,0\n")));
    assertThat(itself.err()).contains("'left:a1' is said not to match itself");
    Ended unclear = run(with(link, written("odd.csv", "a,b,m\nleft:a1,right:b1,maybe\n")));
    assertThat(unclear.err()).contains("'maybe' does not say whether the pair matches");
  }

  private static String[] with(String[] command, String labels) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of("--labels", labels));
    return all.toArray(String[]::new);
  }

  @Test
  void theSameCommandTwiceWritesTheSameFiles() throws IOException {
    partners();
    String[] names = {"assignments.csv", "links.csv", "model.json"};
    for (String out : List.of("one", "two")) {
      run(
          "identity",
          "link",
          "--input",
          file("left.csv"),
          file("right.csv"),
          "--output",
          file(out));
    }
    for (String name : names) {
      assertThat(directory.resolve("one").resolve(name))
          .hasSameTextualContentAs(directory.resolve("two").resolve(name));
    }
  }

  private String good() throws IOException {
    return written("good.csv", "id,name,city\n1,ada,london\n2,ada,paris\n3,bob,rome\n");
  }

  private Ended linkedBy(String config) throws IOException {
    return run("identity", "link", "--input", good(), "--output", file("o"), "--config", config);
  }

  @Test
  void badInputGetsAnErrorThatNamesTheValueAndTheFix() throws IOException {
    String good = good();
    Ended missing = run("identity", "link", "--input", file("no.csv"), "--output", file("o"));
    assertThat(missing.code()).isEqualTo(2);
    assertThat(missing.err()).contains("no.csv' cannot be read", "Fix:");
    Ended empty = run("identity", "link", "--input", written("e.csv", ""), "--output", file("o"));
    assertThat(empty.code()).isEqualTo(2);
    assertThat(empty.err()).contains("has no header");
    Ended wide =
        run("identity", "link", "--input", written("w.csv", "a,b\n1,2,3\n"), "--output", file("o"));
    assertThat(wide.err()).contains("record 1: 3 values, but the header names 2 columns");
    Ended kind = linkedBy(written("c.yaml", "columns: {name: nickname}"));
    assertThat(kind.code()).isEqualTo(2);
    assertThat(kind.err()).contains("no kind 'nickname'", "given_name");
    Ended column = linkedBy(written("d.yaml", "columns: {nmae: text}"));
    assertThat(column.err()).contains("the column 'nmae'", "take one of name, city");
    Ended key = linkedBy(written("k.yaml", "ignore: city"));
    assertThat(key.code()).isEqualTo(2);
    assertThat(key.err()).contains("k.yaml: ignore: is no list");
    Ended taken = run("identity", "link", "--input", good, "--output", good);
    assertThat(taken.code()).isEqualTo(2);
    assertThat(taken.err()).contains("good.csv' cannot be written").doesNotContain("learning");
    Files.createDirectories(directory.resolve("csvs"));
    Ended directory = run("identity", "link", "--input", file("csvs"), "--output", file("o"));
    assertThat(directory.code()).isEqualTo(2);
    assertThat(directory.err()).contains("csvs' holds no Parquet files that can be read", "*.csv");
    Ended one =
        run("identity", "link", "--input", written("one.csv", "a,b\n1,2\n"), "--output", file("o"));
    assertThat(one.code()).isEqualTo(2);
    assertThat(one.err()).contains("give two records or more");
    assertThat(this.directory.resolve("o")).doesNotExist();
    Ended nothing = linkedBy(written("n.yaml", "# all is inferred\n"));
    assertThat(nothing.code()).as(nothing.err()).isZero();
  }
}
