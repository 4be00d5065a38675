package dev.tributary.predictor.eventlog;

import com.github.luben.zstd.ZstdOutputStream;
import com.ning.compress.lzf.LZFOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;
import net.jpountz.lz4.LZ4BlockOutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream.BLOCKSIZE;
import net.jpountz.lz4.LZ4FrameOutputStream.FLG.Bits;
import org.xerial.snappy.SnappyFramedOutputStream;
import org.xerial.snappy.SnappyOutputStream;

/** How logs are packed. */
enum Packing {
  GZ(GZIPOutputStream::new),
  ZSTD(ZstdOutputStream::new),
  LZ4(LZ4BlockOutputStream::new),
  LZ4_FRAME(
      out ->
          new LZ4FrameOutputStream(
              out, BLOCKSIZE.SIZE_64KB, Bits.BLOCK_INDEPENDENCE, Bits.BLOCK_CHECKSUM)),
  LZF(LZFOutputStream::new),
  SNAPPY(SnappyOutputStream::new),
  SNAPPY_FRAMED(SnappyFramedOutputStream::new);

  private interface Codec {
    OutputStream over(OutputStream out) throws IOException;
  }

  private final Codec codec;

  Packing(Codec codec) {
    this.codec = codec;
  }

  byte[] packed(byte[] text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = codec.over(bytes)) {
      out.write(text);
    }
    return bytes.toByteArray();
  }
}
