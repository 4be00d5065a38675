package dev.tributary.pipelines.identity;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Decompresses a page at once, and all pages into the same memory, for a reader that has done with
 * one before it asks for the next. Parquet's own decompression of Zstandard makes a stream for each
 * page. Other codecs are left to Parquet.
 */
final class PageDecompression implements CompressionCodecFactory {
  private final CompressionCodecFactory others;
  private final Zstandard zstandard = new Zstandard();

  PageDecompression(CompressionCodecFactory others) {
    this.others = others;
  }

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName codec) {
    return others.getCompressor(codec);
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
    return codec == CompressionCodecName.ZSTD ? zstandard : others.getDecompressor(codec);
  }

  @Override
  public void release() {
    zstandard.release();
    others.release();
  }

  private static final class Zstandard implements BytesInputDecompressor {
    private ZstdDecompressCtx context;
    private byte[] page = {};

    @Override
    public BytesInput decompress(BytesInput bytes, int size) throws IOException {
      ByteBufferInputStream in = bytes.toInputStream();
      ByteBuffer packed = in.slice(in.available());
      if (packed.hasArray()) {
        unpack(packed.array(), packed.arrayOffset() + packed.position(), packed.remaining(), size);
      } else {
        byte[] copy = new byte[packed.remaining()];
        packed.get(copy);
        unpack(copy, 0, copy.length, size);
      }
      return BytesInput.from(page, 0, size);
    }

    @Override
    public void decompress(ByteBuffer from, int length, ByteBuffer to, int size)
        throws IOException {
      byte[] packed = new byte[length];
      from.get(packed);
      unpack(packed, 0, length, size);
      to.put(page, 0, size);
    }

    private void unpack(byte[] packed, int from, int length, int size) throws IOException {
      if (page.length < size) {
        page = new byte[size];
      }
      if (context == null) {
        context = new ZstdDecompressCtx();
      }
      try {
        int made = context.decompressByteArray(page, 0, size, packed, from, length);
        if (made != size) {
          throw new IOException("a page of %d bytes is %d when unpacked".formatted(size, made));
        }
      } catch (ZstdException e) {
        throw new IOException("a page could not be unpacked: the file is damaged", e);
      }
    }

    @Override
    public void release() {
      if (context != null) {
        context.close();
      }
    }
  }
}
