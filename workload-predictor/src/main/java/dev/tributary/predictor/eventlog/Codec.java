package dev.tributary.predictor.eventlog;

import com.github.luben.zstd.ZstdInputStream;
import com.ning.compress.lzf.LZFInputStream;
import java.io.BufferedInputStream;
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
      return new SnappyInputStream(in);
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

  /** The first bytes of a stream, which is left where it was. */
  static byte[] head(BufferedInputStream in) throws IOException {
    in.mark(LONGEST_MAGIC);
    byte[] head = in.readNBytes(LONGEST_MAGIC);
    in.reset();
    return head;
  }

  /** The text behind all layers of packing. */
  static InputStream text(InputStream raw) throws IOException {
    BufferedInputStream in = new BufferedInputStream(raw, BUFFER);
    for (int layer = 0; layer < MOST_LAYERS; layer++) {
      Codec codec = of(head(in));
      if (codec == null) {
        return in;
      }
      in = new BufferedInputStream(codec.unpack(in), BUFFER);
    }
    return in;
  }
}
