package dev.tributary.pipelines.identity.matching;

import java.util.List;
import java.util.Locale;

/**
 * Places by latitude and longitude in degrees, {@code 52.52,13.405}, compared by their distance
 * over the great circle in kilometres (haversine formula; Sinnott 1984, Virtues of the Haversine).
 * Says nothing where the value is no place on earth, or 0,0, which is where coordinates are not
 * known.
 */
final class LocationLevels implements LevelRule {
  private static final double EARTH_RADIUS_KM = 6371.0088;

  /** The most kilometres of a level, from the one above difference on. */
  private static final double[] KILOMETRES = {100, 20, 5, 1};

  /** Degrees of a blocking cell: about 11 km from south to north. */
  private static final double CELL = 0.1;

  @Override
  public List<String> labels() {
    return List.of(
        "over 100 km", "within 100 km", "within 20 km", "within 5 km", "within 1 km", "same place");
  }

  @Override
  public double[] belief() {
    return new double[] {0.1, 0.05, 0.08, 0.07, 0.1, 0.6};
  }

  @Override
  public boolean place() {
    return true;
  }

  /** To four digits: 11 m. */
  @Override
  public String normalise(String value) {
    String[] parts = value.split("[,;\\s]+");
    if (parts.length != 2) {
      return "";
    }
    try {
      double latitude = Double.parseDouble(parts[0]);
      double longitude = Double.parseDouble(parts[1]);
      boolean onEarth = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
      boolean known = latitude != 0 || longitude != 0;
      return onEarth && known
          ? String.format(Locale.ROOT, "%.4f,%.4f", latitude + 0.0, longitude + 0.0)
          : "";
    } catch (NumberFormatException e) {
      return "";
    }
  }

  @Override
  public int level(String left, String right) {
    double apart = kilometres(degrees(left), degrees(right));
    int level = 0;
    while (level < KILOMETRES.length && apart <= KILOMETRES[level]) {
      level++;
    }
    return level;
  }

  private static double[] degrees(String place) {
    int comma = place.indexOf(',');
    return new double[] {
      Double.parseDouble(place.substring(0, comma)), Double.parseDouble(place.substring(comma + 1))
    };
  }

  static double kilometres(double[] one, double[] other) {
    double byLatitude = Math.sin(Math.toRadians(other[0] - one[0]) / 2);
    double byLongitude = Math.sin(Math.toRadians(other[1] - one[1]) / 2);
    double chord =
        byLatitude * byLatitude
            + Math.cos(Math.toRadians(one[0]))
                * Math.cos(Math.toRadians(other[0]))
                * byLongitude
                * byLongitude;
    return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(chord)));
  }

  @Override
  public List<String> keyNames() {
    return List.of("place", "cell");
  }

  @Override
  public String[] keys(String value) {
    double[] degrees = degrees(value);
    String cell = Math.round(degrees[0] / CELL) + ":" + Math.round(degrees[1] / CELL);
    return new String[] {value, cell};
  }
}
