package dev.tributary.pipelines.landing;

import static org.apache.parquet.filter2.predicate.FilterApi.and;
import static org.apache.parquet.filter2.predicate.FilterApi.binaryColumn;
import static org.apache.parquet.filter2.predicate.FilterApi.eq;
import static org.apache.parquet.filter2.predicate.FilterApi.gtEq;
import static org.apache.parquet.filter2.predicate.FilterApi.intColumn;
import static org.apache.parquet.filter2.predicate.FilterApi.longColumn;

import dev.tributary.schemas.contract.ActivityColumns;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * Rebuilds a partition's {@link IdIndex} from the timeline, which is where every accepted id
 * stands: after a restart, on another executor, or under a new checkpoint. A row belongs to the
 * batch whose time it carries in {@code landed_at}. Reads what landing wrote as well as what
 * OPTIMIZE made of it, where columns may be optional and times INT96.
 */
final class IdReader {
  private static final List<String> COLUMNS =
      List.of(
          ActivityColumns.MESSAGE_ID,
          ActivityColumns.LANDED_AT,
          ActivityColumns.LANDED_FROM,
          ActivityColumns.LANDED_PARTITION,
          ActivityColumns.LANDED_OFFSET);
  private static final long JULIAN_DAY_OF_EPOCH = 2_440_588;
  private static final long MICROS_PER_DAY = 86_400_000_000L;
  private static final int NANOS_PER_MICRO = 1_000;

  private IdReader() {}

  static IdIndex read(
      BatchContext.IdFiles source, String landedFrom, int partition, Configuration hadoop)
      throws IOException {
    FilterCompat.Filter filter =
        FilterCompat.get(
            and(
                and(
                    eq(binaryColumn(ActivityColumns.LANDED_FROM), Binary.fromString(landedFrom)),
                    eq(intColumn(ActivityColumns.LANDED_PARTITION), partition)),
                gtEq(longColumn(ActivityColumns.LANDED_OFFSET), source.fromOffset())));
    IdIndex index = new IdIndex();
    Map<Long, Integer> batches = new HashMap<>();
    for (int i = 0; i < source.landedAt().length; i++) {
      batches.put(source.landedAt()[i], index.past(source.maxTime()[i]));
    }
    for (String file : source.files()) {
      read(new Path(file), filter, hadoop, batches, index);
    }
    return index;
  }

  private static void read(
      Path file,
      FilterCompat.Filter filter,
      Configuration hadoop,
      Map<Long, Integer> batches,
      IdIndex index)
      throws IOException {
    MessageType schema = projection(file, hadoop);
    Configuration projected = new Configuration(hadoop);
    projected.set(ReadSupport.PARQUET_READ_SCHEMA, schema.toString());
    boolean int96 =
        schema.getType(ActivityColumns.LANDED_AT).asPrimitiveType().getPrimitiveTypeName()
            == PrimitiveTypeName.INT96;
    try (ParquetReader<Group> reader =
        ParquetReader.builder(new GroupReadSupport(), file)
            .withConf(projected)
            .withFilter(filter)
            .build()) {
      for (Group row = reader.read(); row != null; row = reader.read()) {
        long landedAt =
            int96
                ? micros(row.getInt96(ActivityColumns.LANDED_AT, 0))
                : row.getLong(ActivityColumns.LANDED_AT, 0);
        Integer batch = batches.get(landedAt);
        if (batch != null) {
          index.restore(row.getString(ActivityColumns.MESSAGE_ID, 0), batch);
        }
      }
    }
  }

  /** The columns as this file has them. */
  private static MessageType projection(Path file, Configuration hadoop) throws IOException {
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(file, hadoop))) {
      MessageType whole = reader.getFileMetaData().getSchema();
      return new MessageType(whole.getName(), COLUMNS.stream().map(whole::getType).toList());
    }
  }

  /** Nanoseconds of the day, then the Julian day, little-endian. */
  private static long micros(Binary int96) {
    ByteBuffer bytes = int96.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    long nanos = bytes.getLong();
    long day = Integer.toUnsignedLong(bytes.getInt()) - JULIAN_DAY_OF_EPOCH;
    return day * MICROS_PER_DAY + nanos / NANOS_PER_MICRO;
  }
}
