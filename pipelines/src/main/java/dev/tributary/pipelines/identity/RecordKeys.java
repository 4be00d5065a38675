package dev.tributary.pipelines.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.pipelines.identity.matching.FittedModel;
import dev.tributary.pipelines.identity.matching.RecordSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * What a fitted model makes of records, some thousands at a time: blocking keys of each, or the
 * probability of each pair. Chunks do not matter to what comes out.
 */
final class RecordKeys {
  private static final int CHUNK = 4_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private RecordKeys() {}

  static RecordSet set(FittedModel model, Iterable<Row> records) {
    RecordSet.Builder set = new RecordSet.Builder(List.copyOf(model.kinds().keySet()));
    records.forEach(row -> set.add(row.getString(0), row.getString(1), values(row.getString(2))));
    return set.build();
  }

  /** The values of a record; empty where it has none. */
  static String[] values(String json) {
    try {
      return JSON.readValue(json, String[].class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no attributes: " + json, e);
    }
  }

  /** Adds blocking keys to {@code type, value, attributes, …}: distinct records, keys last. */
  record Keyed(String model, int width) implements MapPartitionsFunction<Row, Row> {
    private static final long serialVersionUID = 1;

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
      FittedModel fitted = FittedModel.read(model);
      return new Chunks(rows, chunk -> keyed(fitted, chunk));
    }

    private List<Row> keyed(FittedModel fitted, List<Row> chunk) {
      RecordSet set = set(fitted, chunk);
      FittedModel.Comparer comparer = fitted.comparer(set);
      List<Row> sorted = new ArrayList<>(chunk);
      sorted.sort(RecordKeys::order);
      List<Row> out = new ArrayList<>();
      for (int i = 0; i < sorted.size(); i++) {
        Object[] cells = new Object[width + 1];
        for (int c = 0; c < width; c++) {
          cells[c] = sorted.get(i).get(c);
        }
        cells[width] =
            Arrays.stream(comparer.keys(i))
                .mapToObj(Long::toHexString)
                .collect(Collectors.joining(","));
        out.add(RowFactory.create(cells));
      }
      return out;
    }
  }

  private static int order(Row one, Row other) {
    int type = one.getString(0).compareTo(other.getString(0));
    return type != 0 ? type : one.getString(1).compareTo(other.getString(1));
  }

  /** From {@code lt, lv, la, rt, rv, ra, …} to {@code lt, lv, rt, rv, …, probability}. */
  record Scored(String model, int width) implements MapPartitionsFunction<Row, Row> {
    private static final long serialVersionUID = 1;

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
      FittedModel fitted = FittedModel.read(model);
      return new Chunks(rows, chunk -> scored(fitted, chunk));
    }

    private List<Row> scored(FittedModel fitted, List<Row> chunk) {
      TreeMap<List<String>, Row> records = new TreeMap<>(RecordKeys::order);
      for (Row row : chunk) {
        for (int side = 0; side < 6; side += 3) {
          Row record =
              RowFactory.create(row.getString(side), row.getString(side + 1), row.get(side + 2));
          records.put(List.of(row.getString(side), row.getString(side + 1)), record);
        }
      }
      TreeMap<List<String>, Integer> places = new TreeMap<>(RecordKeys::order);
      records.keySet().forEach(record -> places.put(record, places.size()));
      FittedModel.Comparer comparer = fitted.comparer(set(fitted, records.values()));
      List<Row> out = new ArrayList<>();
      for (Row row : chunk) {
        double probability =
            comparer.probability(
                places.get(List.of(row.getString(0), row.getString(1))),
                places.get(List.of(row.getString(3), row.getString(4))));
        Object[] cells = new Object[width + 1];
        for (int c = 0; c < width; c++) {
          cells[c] = row.get(c);
        }
        cells[width] = probability;
        out.add(RowFactory.create(cells));
      }
      return out;
    }
  }

  private static int order(List<String> one, List<String> other) {
    int type = one.get(0).compareTo(other.get(0));
    return type != 0 ? type : one.get(1).compareTo(other.get(1));
  }

  /** Takes rows some thousands at a time. */
  private static final class Chunks implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final Function<List<Row>, List<Row>> work;
    private Iterator<Row> done = List.<Row>of().iterator();

    Chunks(Iterator<Row> rows, Function<List<Row>, List<Row>> work) {
      this.rows = rows;
      this.work = work;
    }

    @Override
    public boolean hasNext() {
      while (!done.hasNext() && rows.hasNext()) {
        List<Row> chunk = new ArrayList<>();
        while (chunk.size() < CHUNK && rows.hasNext()) {
          chunk.add(rows.next());
        }
        done = work.apply(chunk).iterator();
      }
      return done.hasNext();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException("no rows are left");
      }
      return done.next();
    }
  }
}
