package dev.tributary.pipelines.identity;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;
import org.apache.parquet.internal.filter2.columnindex.RowRanges;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * A row group of a Parquet file, of which the rows are wanted whose key is one of a set. The key
 * column is read first; of the other columns only the pages that hold such a row, and only the
 * values of such rows are decoded (late materialisation: Abadi et al., Materialization Strategies
 * in a Column-Oriented DBMS, ICDE 2007).
 */
final class RowGroup {
  private final ParquetFileReader file;
  private final int number;
  private final StructType schema;
  private final Set<String> presence;
  private final BlockMetaData block;
  private final MessageType stored;
  private final Map<String, ColumnChunkMetaData> chunks = new HashMap<>();
  private long bytesRead;

  /**
   * @param schema of the columns; the key is first
   * @param presence see {@link KeyedColumns}
   */
  RowGroup(ParquetFileReader file, int number, StructType schema, Set<String> presence) {
    this.file = file;
    this.number = number;
    this.schema = schema;
    this.presence = presence;
    this.block = file.getRowGroups().get(number);
    this.stored = file.getFileMetaData().getSchema();
    block.getColumns().forEach(chunk -> chunks.put(chunk.getPath().toDotString(), chunk));
  }

  /** The rows whose key is one of a set, in their order. */
  List<InternalRow> rows(KeySet keys) throws IOException {
    IntStream.Builder found = IntStream.builder();
    LongStream.Builder theirs = LongStream.builder();
    String key = schema.fieldNames()[0];
    if (block.getRowCount() == 0 || isEmpty(key)) {
      return List.of();
    }
    StoredValue.of(schema.fields()[0], stored.getType(key).asPrimitiveType());
    request(List.of(stored.getType(key)));
    try (PageReadStore pages = file.readRowGroup(number)) {
      column(pages, key)
          .find(
              keys,
              Math.toIntExact(block.getRowCount()),
              (row, value) -> {
                found.add(row);
                theirs.add(value);
              });
    }
    int[] wanted = found.build().toArray();
    long[] values = theirs.build().toArray();
    Object[][] rows = new Object[wanted.length][schema.length()];
    for (int i = 0; i < wanted.length; i++) {
      rows[i][0] = values[i];
    }
    if (wanted.length > 0) {
      fill(rows, wanted);
    }
    List<InternalRow> result = new ArrayList<>();
    for (Object[] row : rows) {
      result.add(new GenericInternalRow(row));
    }
    return result;
  }

  /** Fills in all columns but the key. */
  private void fill(Object[][] rows, int[] wanted) throws IOException {
    List<Type> types = new ArrayList<>();
    for (int at = 1; at < schema.length(); at++) {
      String name = schema.fieldNames()[at];
      if (presence.contains(name) && nulls(name) == 0) {
        for (Object[] row : rows) {
          row[at] = UTF8String.EMPTY_UTF8;
        }
      } else if (!isEmpty(name)) {
        types.add(stored.getType(name));
      }
    }
    if (types.isEmpty()) {
      return;
    }
    request(types);
    try (PageReadStore pages = pages(types, wanted)) {
      for (Type type : types) {
        int at = schema.fieldIndex(type.getName());
        FlatColumn column = column(pages, type.getName());
        StoredValue value = value(schema.fields()[at], type);
        for (int i = 0; i < wanted.length; i++) {
          rows[i][at] = column.at(wanted[i]) ? value.read(column) : null;
        }
      }
    }
  }

  private void request(List<Type> types) {
    file.setRequestedSchema(new MessageType(stored.getName(), types));
    types.forEach(type -> bytesRead += chunks.get(type.getName()).getTotalSize());
  }

  /** How many rows there are, wanted or not. */
  long size() {
    return block.getRowCount();
  }

  /** The size of the columns that were read. */
  long bytesRead() {
    return bytesRead;
  }

  private StoredValue value(StructField field, Type type) {
    return presence.contains(field.name())
        ? column -> UTF8String.EMPTY_UTF8
        : StoredValue.of(field, type.asPrimitiveType());
  }

  /** The pages that some rows are in, where the file tells which these are. */
  private PageReadStore pages(List<Type> types, int[] rows) throws IOException {
    boolean told =
        types.stream()
            .allMatch(type -> chunks.get(type.getName()).getOffsetIndexReference() != null);
    OffsetIndex index = told ? file.readOffsetIndex(chunks.get(schema.fieldNames()[0])) : null;
    if (index == null) {
      return file.readRowGroup(number);
    }
    IntStream.Builder some = IntStream.builder();
    int at = 0;
    for (int page = 0; page < index.getPageCount(); page++) {
      int before = at;
      while (at < rows.length && rows[at] <= index.getLastRowIndex(page, block.getRowCount())) {
        at++;
      }
      if (at > before) {
        some.add(page);
      }
    }
    return file.readFilteredRowGroup(
        number, RowRanges.create(block.getRowCount(), some.build().iterator(), index));
  }

  private FlatColumn column(PageReadStore pages, String name) throws IOException {
    ColumnDescriptor column = stored.getColumnDescription(new String[] {name});
    return new FlatColumn(column, pages.getPageReader(column), nulls(name) == 0);
  }

  /** Whether no row has a value, or there is no such column. */
  private boolean isEmpty(String name) {
    return !chunks.containsKey(name) || nulls(name) == chunks.get(name).getValueCount();
  }

  /** How many rows have no value; -1 where the file does not tell. */
  private long nulls(String name) {
    ColumnChunkMetaData chunk = chunks.get(name);
    var statistics = chunk == null ? null : chunk.getStatistics();
    return statistics != null && statistics.isNumNullsSet() ? statistics.getNumNulls() : -1;
  }
}
