package dev.tributary.pipelines.landing;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.ParquetFileWriter.Mode;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.io.api.Binary;

/** One open Parquet file of a table and day. Its statistics come from the footer it wrote. */
final class DataFile {
  private static final int STATISTICS_CHARS = 32;
  private static final int ENOUGH_TO_TELL = 1000;
  private static final VariedColumns VARIED = new VariedColumns();

  private final TableLayout layout;
  private final String path;
  private final int day;
  private final MeasuredFile file;
  private final ParquetWriter<Object[]> writer;
  private long records;

  /**
   * @param root the table's directory
   * @param path relative to it
   */
  DataFile(
      TableLayout layout,
      String root,
      String path,
      int day,
      Configuration hadoop,
      SharedCodecs codecs)
      throws IOException {
    this.layout = layout;
    this.path = path;
    this.day = day;
    file = new MeasuredFile(HadoopOutputFile.fromPath(new Path(root, path), hadoop));
    Builder builder =
        new Builder(file, layout)
            .withConf(hadoop)
            .withWriteMode(Mode.CREATE)
            .withWriterVersion(WriterVersion.PARQUET_1_0)
            .withCompressionCodec(CompressionCodecName.ZSTD)
            .withCodecFactory(codecs)
            .withPageWriteChecksumEnabled(false)
            .withBloomFilterEnabled(false);
    Stream.concat(layout.undictionaried().stream(), VARIED.of(layout).stream())
        .forEach(column -> builder.withDictionaryEncoding(column, false));
    writer = builder.build();
  }

  private static final class Builder extends ParquetWriter.Builder<Object[], Builder> {
    private final TableLayout layout;

    Builder(MeasuredFile file, TableLayout layout) {
      super(file);
      this.layout = layout;
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    @SuppressWarnings("deprecation") // the builder has no other way that is not
    protected WriteSupport<Object[]> getWriteSupport(Configuration configuration) {
      return new RowWriteSupport(layout);
    }
  }

  void write(Object[] row) throws IOException {
    writer.write(row);
    records++;
  }

  WrittenFile close() throws IOException {
    writer.close();
    Map<String, Object> least = new HashMap<>();
    Map<String, Object> greatest = new HashMap<>();
    Map<String, Long> nulls = new HashMap<>();
    ParquetMetadata footer = writer.getFooter();
    for (BlockMetaData block : footer.getBlocks()) {
      for (ColumnChunkMetaData chunk : block.getColumns()) {
        String column = chunk.getPath().toDotString();
        if (!chunk.hasDictionaryPage() && records >= ENOUGH_TO_TELL) {
          VARIED.add(layout, column);
        }
        if (layout.statistics().contains(column)) {
          collect(column, chunk.getStatistics(), least, greatest, nulls);
        }
      }
    }
    return new WrittenFile(
        layout.name(),
        path,
        day,
        file.length(),
        System.currentTimeMillis(),
        records,
        least,
        greatest,
        nulls);
  }

  /** Closes without a result: the file is an orphan that nothing refers to. */
  void abandon() throws IOException {
    writer.close();
  }

  private static void collect(
      String column,
      Statistics<?> statistics,
      Map<String, Object> least,
      Map<String, Object> greatest,
      Map<String, Long> nulls) {
    if (statistics.isNumNullsSet()) {
      nulls.merge(column, statistics.getNumNulls(), Long::sum);
    }
    if (statistics.hasNonNullValue()) {
      least.merge(column, plain(statistics.genericGetMin(), false), DataFile::lesser);
      greatest.merge(column, plain(statistics.genericGetMax(), true), DataFile::larger);
    }
  }

  /** Long texts are cut; a cut upper bound is closed with the greatest code point. */
  private static Object plain(Object value, boolean upper) {
    if (!(value instanceof Binary binary)) {
      return value;
    }
    String text = binary.toStringUsingUTF8();
    if (text.codePointCount(0, text.length()) <= STATISTICS_CHARS) {
      return text;
    }
    String cut = text.substring(0, text.offsetByCodePoints(0, STATISTICS_CHARS));
    return upper ? cut + new String(Character.toChars(Character.MAX_CODE_POINT)) : cut;
  }

  @SuppressWarnings("unchecked")
  private static Object lesser(Object a, Object b) {
    return ((Comparable<Object>) a).compareTo(b) <= 0 ? a : b;
  }

  @SuppressWarnings("unchecked")
  private static Object larger(Object a, Object b) {
    return ((Comparable<Object>) a).compareTo(b) >= 0 ? a : b;
  }
}
