package dev.tributary.pipelines.identity.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocationLevelsTest {
  private final LocationLevels levels = new LocationLevels();

  @Test
  void distancesAreThoseOfTheGreatCircle() {
    double[] london = {51.5074, -0.1278};
    double[] paris = {48.8566, 2.3522};
    assertThat(LocationLevels.kilometres(london, paris)).isCloseTo(343.6, within(0.5));
    assertThat(LocationLevels.kilometres(paris, london)).isCloseTo(343.6, within(0.5));
    assertThat(LocationLevels.kilometres(new double[] {0, 179.99}, new double[] {0, -179.99}))
        .as("over the date line")
        .isCloseTo(2.22, within(0.01));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "52.5,13.4 | 52.5,13.41 | within 1 km",
        "52.5,13.4 | 52.53,13.4 | within 5 km",
        "52.5,13.4 | 52.6,13.4 | within 20 km",
        "52.5,13.4 | 53,13.4 | within 100 km",
        "52.5,13.4 | 48.1,11.6 | over 100 km"
      })
  void levelsAreByKilometres(String left, String right, String label) {
    int level = levels.level(levels.normalise(left), levels.normalise(right));
    assertThat(levels.labels().get(level)).isEqualTo(label);
    assertThat(levels.level(levels.normalise(right), levels.normalise(left))).isEqualTo(level);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"0,0", "91,10", "10,181", "here", "12.5", "12.5,", "NaN,3"})
  void whatIsNoPlaceSaysNothing(String value) {
    assertThat(levels.normalise(value)).isEmpty();
  }

  @Test
  void columnsOfLatitudeAndLongitudeAreOnePlace() {
    assertThat(LocationColumns.places(List.of("home_lon", "home_lat", "geo")))
        .containsExactly(List.of("home_lat", "home_lon"), List.of("geo"));
    assertThat(LocationColumns.places(List.of("y", "x"))).containsExactly(List.of("y", "x"));

    Random random = new Random(4);
    RecordSet.Builder builder = new RecordSet.Builder(List.of("surname", "latitude", "longitude"));
    for (int i = 0; i < 300; i++) {
      String surname = "name" + (char) ('a' + i % 20);
      double latitude = 47 + 6 * random.nextDouble();
      double longitude = 6 + 8 * random.nextDouble();
      for (int copy = 0; copy < 2; copy++) {
        String[] values = {
          surname,
          String.format(Locale.ROOT, "%.5f", latitude + copy * 0.002),
          String.format(Locale.ROOT, "%.5f", longitude)
        };
        builder.add("s", i + "-" + copy, values);
      }
    }
    Linkage linkage = Linker.link(builder.build(), LinkConfig.inferred(), message -> {});
    assertThat(linkage.kinds()).containsEntry("latitude", AttributeKind.LOCATION);
    long pairs =
        linkage.clusters().stream()
            .filter(
                members ->
                    members.length == 2 && id(linkage, members[0]).equals(id(linkage, members[1])))
            .count();
    assertThat(pairs).as("records 222 m apart with one surname are one").isGreaterThan(290);
  }

  private static String id(Linkage linkage, int record) {
    String id = linkage.records().id(record);
    return id.substring(0, id.indexOf('-'));
  }
}
