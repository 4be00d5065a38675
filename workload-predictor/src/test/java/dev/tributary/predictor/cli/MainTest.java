package dev.tributary.predictor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Command lines that ask for what is not there. */
class MainTest {
  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @ValueSource(strings = {"nosuch --help", "nosuch", "read --nosuch --help"})
  void whatIsUnknownIsAnErrorAlsoWhereHelpIsAskedFor(String line) {
    assertThat(run(line.split(" "))).isEqualTo(2);
    assertThat(err.toString()).contains("nosuch");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void helpOfACommandIsNoError() {
    assertThat(run("read", "--help")).isZero();
    assertThat(out.toString()).contains("--state");
    assertThat(run("--help")).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"accuracy", "accuracy nightly", "plan FILE", "feedback FILE"})
  void commandsThatNeedAStoreMakeNone(String line) throws IOException {
    Path file = Files.writeString(directory.resolve("file.json"), "{\"job\":\"nightly\"}");
    Path typo = directory.resolve("typo");
    String asked = line.replace("FILE", file.toString()) + " --data " + typo;
    assertThat(run(asked.split(" "))).isEqualTo(2);
    assertThat(err.toString()).contains("There is no store in " + typo);
    assertThat(typo).doesNotExist();
  }

  private int run(String... arguments) {
    return Main.line(new PrintWriter(out), new PrintWriter(err)).execute(arguments);
  }
}
