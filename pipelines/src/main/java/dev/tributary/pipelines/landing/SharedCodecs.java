package dev.tributary.pipelines.landing;

import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * The compressors of one task, for all its files. Parquet's own way, a set for each file, holds a
 * megabyte a file and keeps the collector busy when hundreds are open; a page is copied out before
 * the next is compressed, so one is enough.
 */
final class SharedCodecs implements CompressionCodecFactory {
  private static final int BUFFER = 64 << 10;

  private final CodecFactory codecs;

  SharedCodecs(Configuration hadoop) {
    codecs = new CodecFactory(hadoop, BUFFER);
  }

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName codec) {
    return codecs.getCompressor(codec);
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
    return codecs.getDecompressor(codec);
  }

  /** A file that closes releases nothing; the task does at its end. */
  @Override
  public void release() {}

  void releaseAll() {
    codecs.release();
  }
}
