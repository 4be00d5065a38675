package dev.tributary.pipelines.identity;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ValuesType;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.io.ParquetDecodingException;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * The values of one column of a Parquet row group at some rows, in their order. What lies between
 * is passed over and not decoded. The encodings that Spark writes by default are read here, all
 * others by Parquet's own readers. Not for repeated or nested columns.
 */
final class FlatColumn {
  static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  /** How the values of a page are stored. */
  private enum Stored {
    NUMBERS,
    TEXTS,
    BITS,
    CODES,
    OTHERWISE
  }

  private final ColumnDescriptor column;
  private final PageReader pages;
  private final Dictionary dictionary;
  private final boolean full;

  private long pageEnd;
  private long next;

  /** Values of the page from the first that is not read to that of the row gone to. */
  private long unread;

  private HybridRuns levels;
  private Stored stored;
  private byte[] bytes;
  private int end;

  /** Of the next value, in bytes, or in bits of {@link Stored#BITS}. */
  private int offset;

  private HybridRuns codes;
  private ValuesReader values;

  /**
   * @param full whether no row is without a value
   */
  FlatColumn(ColumnDescriptor column, PageReader pages, boolean full) throws IOException {
    this.column = column;
    this.pages = pages;
    this.full = full;
    DictionaryPage page = pages.readDictionaryPage();
    // The dictionary stays, the memory of a page is that of the next.
    this.dictionary = page == null ? null : page.getEncoding().initDictionary(column, page.copy());
  }

  /**
   * Goes to a row, not before that of the last call.
   *
   * @return whether it has a value, which can then be read, once
   */
  boolean at(long row) throws IOException {
    while (row >= pageEnd) {
      open();
    }
    long between = row - next;
    next = row + 1;
    if (levels == null) {
      unread += between + 1;
      return true;
    }
    int present = column.getMaxDefinitionLevel();
    unread += levels.count(between, present);
    boolean some = levels.next() == present;
    unread += some ? 1 : 0;
    return some;
  }

  /** Is told of a row and its value. */
  @FunctionalInterface
  interface Found {
    void at(int row, long value);
  }

  /** Tells all rows whose value, a {@code bigint}, is one of a set, of a column of so many rows. */
  void find(KeySet keys, int rows, Found found) throws IOException {
    BitSet wanted = dictionary == null ? null : wanted(keys);
    for (int row = 0; row < rows; row = (int) pageEnd) {
      open();
      if (levels == null && stored == Stored.NUMBERS) {
        findNumbers(keys, row, found);
      } else {
        findOthers(keys, wanted, row, found);
      }
    }
  }

  /** In a page of nothing but numbers, as most pages of keys are. */
  private void findNumbers(KeySet keys, int first, Found found) {
    byte[] numbers = bytes;
    int from = offset;
    int count = (int) pageEnd - first;
    for (int i = 0; i < count; i++) {
      long number = (long) LONG.get(numbers, from + i * Long.BYTES);
      if (keys.contains(number)) {
        found.at(first + i, number);
      }
    }
  }

  private void findOthers(KeySet keys, BitSet wanted, int first, Found found) throws IOException {
    for (int row = first; row < pageEnd; row++) {
      if (!at(row)) {
        continue;
      }
      if (stored == Stored.CODES) {
        reach();
        int code = codes.next();
        if (wanted.get(code)) {
          found.at(row, dictionary.decodeToLong(code));
        }
      } else {
        long number = readLong();
        if (keys.contains(number)) {
          found.at(row, number);
        }
      }
    }
  }

  private BitSet wanted(KeySet keys) {
    BitSet wanted = new BitSet();
    for (int code = 0; code <= dictionary.getMaxId(); code++) {
      wanted.set(code, keys.contains(dictionary.decodeToLong(code)));
    }
    return wanted;
  }

  /** Comes to the last value that was gone to. */
  private void reach() {
    long some = unread - 1;
    unread = 0;
    if (some > 0) {
      pass(some);
    }
  }

  private void pass(long some) {
    switch (stored) {
      case NUMBERS -> offset += (int) some * Long.BYTES;
      case TEXTS -> {
        int from = offset;
        for (long i = 0; i < some; i++) {
          from += Integer.BYTES + (int) INT.get(bytes, from);
        }
        offset = from;
      }
      case BITS -> offset += (int) some;
      case CODES -> codes.skip(some);
      case OTHERWISE -> values.skip((int) some);
    }
  }

  private void open() throws IOException {
    DataPage page = pages.readPage();
    if (page == null) {
      throw new ParquetDecodingException("column %s ends at row %d".formatted(column, pageEnd));
    }
    next = page.getFirstRowIndex().orElse(pageEnd);
    pageEnd = next + page.getValueCount();
    unread = 0;
    int present = column.getMaxDefinitionLevel();
    int width = BytesUtils.getWidthFromMaxInt(present);
    levels = null;
    if (page instanceof DataPageV1 first) {
      use(first.getBytes());
      if (present > 0) {
        require(first.getDlEncoding(), Encoding.RLE);
        levels = full ? null : new HybridRuns(bytes, Integer.BYTES, width);
        offset = Integer.BYTES + (int) INT.get(bytes, 0);
      }
      values(first.getValueEncoding(), page.getValueCount());
    } else {
      DataPageV2 second = (DataPageV2) page;
      if (present > 0 && !full && second.getNullCount() > 0) {
        levels = new HybridRuns(bytes(second.getDefinitionLevels()), 0, width);
      }
      use(second.getData());
      values(second.getDataEncoding(), page.getValueCount());
    }
  }

  private void use(BytesInput input) throws IOException {
    bytes = bytes(input);
    offset = 0;
    end = Math.toIntExact(input.size());
  }

  /** The input, which may be followed by what is none of it. */
  private static byte[] bytes(BytesInput input) throws IOException {
    ByteBufferInputStream in = input.toInputStream();
    ByteBuffer buffer = in.slice(in.available());
    if (buffer.hasArray() && buffer.arrayOffset() + buffer.position() == 0) {
      return buffer.array();
    }
    byte[] copy = new byte[buffer.remaining()];
    buffer.get(copy);
    return copy;
  }

  private void require(Encoding encoding, Encoding known) {
    if (encoding != known) {
      throw new ParquetDecodingException(
          "levels of column %s are stored as %s, not as %s; rewrite the table"
              .formatted(column, encoding, known));
    }
  }

  private void values(Encoding encoding, int count) throws IOException {
    PrimitiveTypeName type = column.getPrimitiveType().getPrimitiveTypeName();
    if (encoding.usesDictionary()) {
      stored = Stored.CODES;
      // A page without a value may have no width either.
      codes = new HybridRuns(bytes, offset + 1, offset < end ? bytes[offset] : 0);
    } else if (encoding == Encoding.PLAIN
        && (type == PrimitiveTypeName.INT64 || type == PrimitiveTypeName.DOUBLE)) {
      stored = Stored.NUMBERS;
    } else if (encoding == Encoding.PLAIN && type == PrimitiveTypeName.BINARY) {
      stored = Stored.TEXTS;
    } else if (encoding == Encoding.PLAIN && type == PrimitiveTypeName.BOOLEAN) {
      stored = Stored.BITS;
      offset *= Byte.SIZE;
    } else {
      stored = Stored.OTHERWISE;
      values = encoding.getValuesReader(column, ValuesType.VALUES);
      ByteBufferInputStream in =
          ByteBufferInputStream.wrap(ByteBuffer.wrap(bytes, offset, end - offset));
      values.initFromPage(count, in);
    }
  }

  long readLong() {
    reach();
    return switch (stored) {
      case NUMBERS -> number();
      case CODES -> dictionary.decodeToLong(codes.next());
      default -> values.readLong();
    };
  }

  private long number() {
    long number = (long) LONG.get(bytes, offset);
    offset += Long.BYTES;
    return number;
  }

  double readDouble() {
    reach();
    return switch (stored) {
      case NUMBERS -> Double.longBitsToDouble(number());
      case CODES -> dictionary.decodeToDouble(codes.next());
      default -> values.readDouble();
    };
  }

  int readInt() {
    reach();
    return stored == Stored.CODES ? dictionary.decodeToInt(codes.next()) : values.readInteger();
  }

  boolean readBoolean() {
    reach();
    if (stored != Stored.BITS) {
      return values.readBoolean();
    }
    boolean bit = (bytes[offset >> 3] >> (offset & 7) & 1) == 1;
    offset++;
    return bit;
  }

  Binary readBinary() {
    reach();
    return switch (stored) {
      case TEXTS -> {
        int length = (int) INT.get(bytes, offset);
        int from = offset + Integer.BYTES;
        offset = from + length;
        yield Binary.fromConstantByteArray(bytes, from, length);
      }
      case CODES -> dictionary.decodeToBinary(codes.next());
      default -> values.readBytes();
    };
  }
}
