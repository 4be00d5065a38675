package dev.tributary.pipelines.landing;

import static org.apache.parquet.filter2.predicate.FilterApi.and;
import static org.apache.parquet.filter2.predicate.FilterApi.binaryColumn;
import static org.apache.parquet.filter2.predicate.FilterApi.eq;
import static org.apache.parquet.filter2.predicate.FilterApi.gtEq;
import static org.apache.parquet.filter2.predicate.FilterApi.intColumn;
import static org.apache.parquet.filter2.predicate.FilterApi.longColumn;

import dev.tributary.schemas.contract.ActivityColumns;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.io.api.Binary;

/**
 * Rebuilds a partition's {@link IdIndex} from the timeline, which is where every accepted id
 * stands: after a restart, on another executor, or under a new checkpoint.
 */
final class IdReader {
  private static final String PROJECTION =
      "message activity { optional binary message_id (STRING); optional int64 landed_at"
          + " (TIMESTAMP(MICROS,true)); optional binary landed_from (STRING); optional int32"
          + " landed_partition; optional int64 landed_offset; }";

  private IdReader() {}

  static IdIndex read(
      BatchContext.IdFiles source, String landedFrom, int partition, Configuration hadoop)
      throws IOException {
    Configuration projected = new Configuration(hadoop);
    projected.set(ReadSupport.PARQUET_READ_SCHEMA, PROJECTION);
    FilterCompat.Filter filter =
        FilterCompat.get(
            and(
                and(
                    eq(binaryColumn(ActivityColumns.LANDED_FROM), Binary.fromString(landedFrom)),
                    eq(intColumn(ActivityColumns.LANDED_PARTITION), partition)),
                gtEq(longColumn(ActivityColumns.LANDED_OFFSET), source.fromOffset())));
    IdIndex index = new IdIndex();
    for (String file : source.files()) {
      try (ParquetReader<Group> reader =
          ParquetReader.builder(new GroupReadSupport(), new Path(file))
              .withConf(projected)
              .withFilter(filter)
              .build()) {
        for (Group row = reader.read(); row != null; row = reader.read()) {
          index.add(
              row.getString(ActivityColumns.MESSAGE_ID, 0),
              row.getLong(ActivityColumns.LANDED_AT, 0));
        }
      }
    }
    return index;
  }
}
