package dev.tributary.pipelines.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class BenchCommandTest {
  @TempDir Path directory;

  /** Leaves a file where it works. */
  @Command(name = "touch")
  static final class Touch implements Callable<Integer> {
    @Mixin private Measurement measurement;
    @Mixin private Measurement.Place place;
    private Path worked;

    @Override
    public Integer call() throws Exception {
      return measurement.in(
          place,
          where ->
              progress -> {
                worked = Files.writeString(where.resolve("trace"), "");
                return Map.of("rate", 7);
              });
    }
  }

  private static String run(Touch touch, String... arguments) {
    StringWriter out = new StringWriter();
    CommandLine line = new CommandLine(touch).setOut(new PrintWriter(out));
    assertThat(line.execute(arguments)).isZero();
    return out.toString();
  }

  @Test
  void aReportIsOneLineOfJsonWithAndWithoutBeingAskedFor() {
    assertThat(run(new Touch())).isEqualTo("{\"rate\":7}\n");
    assertThat(run(new Touch(), "--json")).isEqualTo("{\"rate\":7}\n");
  }

  @Test
  void onlyADirectoryThatWasGivenIsLeft() {
    Touch given = new Touch();
    run(given, "--directory", directory.resolve("kept").toString());
    assertThat(given.worked).isEqualTo(directory.resolve("kept/trace")).exists();
    Touch without = new Touch();
    run(without);
    assertThat(without.worked.getParent()).doesNotExist();
  }

  @Test
  void everyBenchmarkTakesTheSameOptions() {
    Map<String, CommandLine> all = new CommandLine(new BenchCommand()).getSubcommands();
    assertThat(all).hasSizeGreaterThan(5);
    all.forEach(
        (name, line) ->
            assertThat(line.getCommandSpec().optionsMap()).as(name).containsKey("--json"));
  }
}
