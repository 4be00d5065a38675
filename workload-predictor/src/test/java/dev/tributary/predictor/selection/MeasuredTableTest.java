package dev.tributary.predictor.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.predictor.PredictorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeasuredTableTest {
  private static final MeasuredTable.Columns COLUMNS =
      new MeasuredTable.Columns("job", "", List.of("vm", "nodes"), "cost", "seconds", "completed");

  @TempDir Path folder;

  private MeasuredTable read(String text) throws IOException {
    Path file = folder.resolve("runs.csv");
    Files.writeString(file, text);
    return MeasuredTable.read(file, COLUMNS);
  }

  @Test
  void aTableWithoutPricesTakesThemFromWhatRunsCost() throws IOException {
    MeasuredTable table =
        read(
            """
            job,vm,nodes,cost,seconds,completed
            a,small,2,1.0,1800,1
            a,small,10,3.0,1800,1
            b,small,2,,,0
            b,small,10,2.0,1200,1
            """);

    JobHistory b = table.jobs().get(1);
    assertThat(b.trials().get(0).candidate().pricePerHour()).isEqualTo(2.0);
    assertThat(b.trials().get(0).completed()).isFalse();
    assertThat(b.optimum()).isEqualTo(2.0);
    List<Backtest.Row> rows = Backtest.run(table);
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0).pick().candidate().key()).containsExactly("small", "10");
  }

  @Test
  void aSecondRowOfAConfigurationIsRefusedWithItsLine() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    job,vm,nodes,cost,seconds,completed
                    a,small,2,1.0,1800,1
                    a,small,2,3.0,1800,1
                    b,small,2,1.0,100,1
                    """))
        .isInstanceOf(PredictorException.class)
        .hasMessageContaining("line 3")
        .hasMessageContaining("[small, 2]");
  }

  @ParameterizedTest
  @CsvSource({
    "cost, -1.0, 1800, 2, is not above 0",
    "seconds, 1.0, 0, 2, is not above 0",
    "nodes, 1.0, 1800, 0, is less than one machine"
  })
  void aValueThatCannotBeIsRefusedWithItsPlace(
      String column, String cost, String seconds, String nodes, String why) {
    String value = column.equals("cost") ? cost : column.equals("nodes") ? nodes : seconds;
    assertThatThrownBy(
            () ->
                read(
                    """
                    job,vm,nodes,cost,seconds,completed
                    a,small,4,1.0,1800,1
                    b,small,%s,%s,%s,1
                    """
                        .formatted(nodes, cost, seconds)))
        .isInstanceOf(PredictorException.class)
        .hasMessageContaining("runs.csv, line 3, column %s: '%s' %s".formatted(column, value, why));
  }

  @Test
  void aFlagIsNoNumberOfNodes() throws IOException {
    Path file = folder.resolve("runs.csv");
    Files.writeString(file, "job,spot,size,cost,seconds\na,0,4,1,10\na,1,8,2,10\nb,0,4,3,30\n");
    MeasuredTable.Columns columns =
        new MeasuredTable.Columns("job", "", List.of("spot", "size"), "cost", "seconds", "");
    assertThat(MeasuredTable.read(file, columns).jobs().get(0).trials())
        .extracting(trial -> trial.candidate().nodes())
        .containsExactly(4.0, 8.0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "''"})
  void aNumberOfNodesThatCannotBeIsNotLookedForElsewhere(String size) throws IOException {
    Path file = folder.resolve("runs.csv");
    Files.writeString(
        file,
        "job,spot,size,mem,cost,seconds\na,1,4,16,1,10\na,1,%s,16,2,10\nb,1,4,16,3,30\n"
            .formatted(size.replace("'", "")));
    MeasuredTable.Columns columns =
        new MeasuredTable.Columns("job", "", List.of("spot", "size", "mem"), "cost", "seconds", "");
    assertThatThrownBy(() -> MeasuredTable.read(file, columns))
        .isInstanceOf(PredictorException.class)
        .hasMessageContaining("line 3, column size");
  }

  @Test
  void oneJobAloneIsRefused() {
    assertThatThrownBy(() -> read("job,vm,nodes,cost,seconds,completed\na,s,2,1,10,1\n"))
        .isInstanceOf(PredictorException.class)
        .hasMessageContaining("1 jobs");
  }
}
