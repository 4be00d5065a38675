package dev.tributary.predictor.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.predictor.PredictorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PricesTest {
  @TempDir Path directory;

  @Test
  void theSnapshotPricesTheUsualFamiliesOnDemandOnly() {
    Prices prices = Prices.shipped();
    for (String type :
        new String[] {
          "m4.xlarge",
          "c4.large",
          "r4.2xlarge",
          "m5.xlarge",
          "c5.4xlarge",
          "r5.large",
          "m6i.2xlarge",
          "c6i.xlarge",
          "r6i.4xlarge",
          "n2-standard-4",
          "n2d-highmem-8",
          "e2-standard-4",
          "c2-standard-8"
        }) {
      assertThat(prices.find(type)).as(type).isPresent();
    }
    assertThat(prices.find("m5.xlarge").orElseThrow())
        .satisfies(
            offer -> {
              assertThat(offer.onDemandUsd()).isEqualTo(0.192);
              assertThat(offer.cores()).isEqualTo(4);
              assertThat(offer.memoryMb()).isEqualTo(17179.869184);
              assertThat(offer.cloud()).isEqualTo(Cloud.AWS);
            });
    assertThat(prices.all()).allSatisfy(offer -> assertThat(offer.spot()).isEmpty());
  }

  @Test
  void theUsersPricesAddTypesAndReplaceShippedOnes() throws IOException {
    Prices prices =
        Prices.withFile(
            file(
                "prices.csv",
                """
                # ours
                type,vcpu,memory_gb,on_demand,spot,interruption_rate
                m5.xlarge,,,0.15,0.05,0.02
                rack-7,12,96,0.4,,
                """));
    assertThat(prices.find("m5.xlarge").orElseThrow())
        .satisfies(
            offer -> {
              assertThat(offer.onDemandUsd()).isEqualTo(0.15);
              assertThat(offer.cores()).isEqualTo(4);
              assertThat(offer.cloud()).isEqualTo(Cloud.AWS);
              assertThat(offer.spot()).contains(new Offer.Spot(0.05, 0.02));
            });
    assertThat(prices.find("rack-7").orElseThrow().cloud()).isEqualTo(Cloud.OTHER);
    assertThat(prices.find("c5.large")).isPresent();
  }

  @Test
  void yamlIsReadLikeCsv() throws IOException {
    Prices prices =
        Prices.withFile(
            file(
                "prices.yaml",
                """
                - {type: rack-7, vcpu: 12, memory_gb: 96, on_demand: 0.4, spot: 0.1, interruption_rate: 0}
                """));
    assertThat(prices.find("rack-7").orElseThrow().spot()).contains(new Offer.Spot(0.1, 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rack-7,12,96,-0.4,,          | on_demand -0.4",
        "rack-7,12,96,0,,             | on_demand 0",
        "rack-7,12,96,,,              | no on_demand for rack-7",
        "rack-7,,96,0.4,,             | no vcpu for rack-7",
        "rack-7,12,96,NaN,,           | on_demand 'NaN'",
        "rack-7,12,96,cheap,,         | on_demand 'cheap'",
        "rack-7,12,96,0.4,0.1,        | without interruption_rate",
        "rack-7,12,96,0.4,-0.1,0.1    | spot -0.1",
        "rack-7,12,96,0.4,0.1,1.5     | interruption_rate 1.5",
        "rack-7,1.5,96,0.4,,          | vcpu 1.5",
        ",12,96,0.4,,                 | no type",
        "rack-7,12,96,0.4,,,7         | unknown field",
      })
  void aWrongRowIsRefusedWithItsLine(String row, String said) throws IOException {
    Path file =
        file("p.csv", "type,vcpu,memory_gb,on_demand,spot,interruption_rate\n" + row + "\n");
    assertThatThrownBy(() -> Prices.withFile(file))
        .isInstanceOf(PredictorException.class)
        .hasMessageContaining("line 2")
        .hasMessageContaining(said);
  }

  @Test
  void aTypeNamedTwiceAndAnEmptyFileAreRefused() throws IOException {
    Path twice = file("t.csv", "type,vcpu,memory_gb,on_demand\na,1,1,1\na,1,1,2\n");
    assertThatThrownBy(() -> Prices.withFile(twice)).hasMessageContaining("second time");
    Path empty = file("e.csv", "type,vcpu,memory_gb,on_demand\n");
    assertThatThrownBy(() -> Prices.withFile(empty)).hasMessageContaining("holds no price");
    Path gone = directory.resolve("gone.csv");
    assertThatThrownBy(() -> Prices.withFile(gone)).hasMessageContaining("cannot be read");
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }
}
