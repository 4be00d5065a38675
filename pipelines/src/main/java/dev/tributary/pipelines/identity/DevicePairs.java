package dev.tributary.pipelines.identity;

import dev.tributary.pipelines.identity.behaviour.BehaviourFit;
import dev.tributary.pipelines.identity.behaviour.BehaviourModel;
import dev.tributary.pipelines.identity.behaviour.DeviceTrace;
import dev.tributary.pipelines.identity.behaviour.PairKind;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * Compares two devices: from {@code l, l_seen, r, r_seen}, each seen a list of {@code kind, value,
 * observations, size}, to {@link #SCHEMA}.
 *
 * @param model as JSON; null while there is none, then odds are not given
 * @param commonPages pages that many devices look at; of the model where there is one
 */
record DevicePairs(String model, Set<String> commonPages)
    implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1;
  private static final int SIZE = 3;
  private static final int SECONDS_OF_DAY = 86_400;
  private static final double MOST_ODDS = 1e6;

  /** Levels with commas between; logins: the first of each side; at: in microseconds. */
  static final StructType SCHEMA =
      new StructType()
          .add("l", "string")
          .add("r", "string")
          .add("kind", "string")
          .add("levels", "string")
          .add("odds", "double")
          .add("l_login", "string")
          .add("r_login", "string")
          .add("at", "bigint");

  DevicePairs {
    commonPages = new HashSet<>(commonPages);
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    BehaviourModel fitted = model == null ? null : BehaviourModel.read(model);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Row next() {
        return compare(fitted, rows.next());
      }
    };
  }

  static org.apache.spark.sql.Encoder<Row> encoder() {
    return Encoders.row(SCHEMA);
  }

  private Row compare(BehaviourModel fitted, Row row) {
    List<Row> left = row.getList(1);
    List<Row> right = row.getList(3);
    DeviceTrace one = DeviceTraces.trace(left);
    DeviceTrace other = DeviceTraces.trace(right);
    Map<String, Integer> sizes = sizes(left);
    PairKind kind = PairKind.of(one, other);
    int[] levels =
        fitted == null
            ? BehaviourFit.levels(one, other, sizes, commonPages)
            : fitted.levels(one, other, sizes);
    double odds = fitted == null ? 0 : Math.min(MOST_ODDS, Math.exp(fitted.logOdds(levels, kind)));
    long day = Math.max(one.firstDay(), other.firstDay()) + 1L;
    return RowFactory.create(
        row.getString(0),
        row.getString(2),
        kind.name(),
        Arrays.stream(levels).mapToObj(Integer::toString).collect(Collectors.joining(",")),
        odds,
        one.hasLogin() ? one.logins().first() : null,
        other.hasLogin() ? other.logins().first() : null,
        day * SECONDS_OF_DAY * 1_000_000);
  }

  /** The number of devices on each network that a device was on. */
  static Map<String, Integer> sizes(List<Row> seen) {
    Map<String, Integer> sizes = new HashMap<>();
    for (Row row : seen) {
      if (row.getString(0).equals(DeviceTrace.NETWORK)) {
        String network = row.getString(1).substring(0, row.getString(1).lastIndexOf(' '));
        sizes.put(network, (int) Math.min(Integer.MAX_VALUE, row.getLong(SIZE)));
      }
    }
    return sizes;
  }
}
