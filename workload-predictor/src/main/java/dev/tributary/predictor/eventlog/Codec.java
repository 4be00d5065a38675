package dev.tributary.predictor.eventlog;

import com.github.luben.zstd.ZstdInputStream;
import com.ning.compress.lzf.LZFInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import net.jpountz.lz4.LZ4BlockInputStream;
import net.jpountz.lz4.LZ4FrameInputStream;
import org.xerial.snappy.SnappyFramedInputStream;
import org.xerial.snappy.SnappyInputStream;

/**
 * How a log is packed, told by its first bytes whatever its name says. Besides Spark's own codecs
 * (zstd, LZ4 blocks, LZF chunks, Snappy streams) those that people and clouds add afterwards.
 * Concatenated frames, as Spark leaves them when it flushes or starts again, are one stream.
 */
enum Codec {
  ZSTD(0x28, 0xB5, 0x2F, 0xFD) {
    @Override
    InputStream unpack(InputStream in) throws IOException {
      return new ZstdInputStream(in).setContinuous(false);
    }
  },
  GZIP(0x1F, 0x8B) {
    @Override
    InputStream unpack(InputStream in) throws IOException {
      return new GZIPInputStream(in, BUFFER);
    }
  },
  LZ4('L', 'Z', '4', 'B', 'l', 'o', 'c', 'k') {
    @Override
    InputStream unpack(InputStream in) {
      return new LZ4BlockInputStream(in, false);
    }
  },
  LZ4_FRAME(0x04, 0x22, 0x4D, 0x18) {
    @Override
    InputStream unpack(InputStream in) throws IOException {
      return new LZ4FrameInputStream(in);
    }
  },
  LZF('Z', 'V') {
    @Override
    InputStream unpack(InputStream in) throws IOException {
      return new LZFInputStream(in);
    }
  },
  SNAPPY(0x82, 'S', 'N', 'A', 'P', 'P', 'Y', 0) {
    @Override
    InputStream unpack(InputStream in) throws IOException {
      return new SnappyBlocks(new SnappyInputStream(in));
    }
  },
  SNAPPY_FRAMED(0xFF, 0x06, 0, 0, 's', 'N', 'a', 'P', 'p', 'Y') {
    @Override
    InputStream unpack(InputStream in) throws IOException {
      return new SnappyFramedInputStream(in);
    }
  },
  ZIP('P', 'K', 3, 4) {
    @Override
    InputStream unpack(InputStream in) throws IOException {
      throw new IOException("a zip inside of a packed log is not read");
    }
  };

  /**
   * Bytes that are unpacked at a time. Where a stream was cut nothing is lost; where it is garbled,
   * zstd and deflate lose what they had unpacked of the step.
   */
  static final int STEP = 1 << 13;

  private static final int BUFFER = 1 << 16;
  private static final int LONGEST_MAGIC = 10;
  private static final int MOST_LAYERS = 3;

  private final byte[] magic;

  Codec(int... magic) {
    this.magic = new byte[magic.length];
    for (int i = 0; i < magic.length; i++) {
      this.magic[i] = (byte) magic[i];
    }
  }

  abstract InputStream unpack(InputStream in) throws IOException;

  /** The codec of these first bytes; null for plain text. */
  static Codec of(byte[] head) {
    for (Codec codec : values()) {
      int length = codec.magic.length;
      if (head.length >= length && Arrays.equals(head, 0, length, codec.magic, 0, length)) {
        return codec;
      }
    }
    return null;
  }

  /**
   * The text behind all layers of packing; closing it frees their memory and closes {@code raw}.
   *
   * @throws IOException when a layer cannot be begun; all below it is closed
   */
  static PiecewiseStream text(InputStream raw) throws IOException {
    PiecewiseStream in = new PiecewiseStream(raw, Integer.MAX_VALUE);
    for (int layer = 0; layer < MOST_LAYERS; layer++) {
      Codec codec = of(in.peek(LONGEST_MAGIC));
      if (codec == null) {
        return in;
      }
      in = new PiecewiseStream(unpack(codec, in), STEP);
    }
    return in;
  }

  private static InputStream unpack(Codec codec, PiecewiseStream in) throws IOException {
    try {
      return codec.unpack(in);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  /** Asks for no more than one block holds: of several, those before a broken one would be lost. */
  private static final class SnappyBlocks extends FilterInputStream {
    SnappyBlocks(SnappyInputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      return in.read(into, offset, Math.min(length, Math.max(1, in.available())));
    }
  }
}
