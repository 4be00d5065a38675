package dev.tributary.pipelines.landing;

import java.io.IOException;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/** An output file that knows its length once it is closed, without asking the store again. */
final class MeasuredFile implements OutputFile {
  private final OutputFile file;
  private long length;

  MeasuredFile(OutputFile file) {
    this.file = file;
  }

  /** Bytes written; complete after the stream is closed. */
  long length() {
    return length;
  }

  @Override
  public PositionOutputStream create(long blockSizeHint) throws IOException {
    return new Measured(file.create(blockSizeHint));
  }

  @Override
  public PositionOutputStream createOrOverwrite(long blockSizeHint) throws IOException {
    return new Measured(file.createOrOverwrite(blockSizeHint));
  }

  @Override
  public boolean supportsBlockSize() {
    return file.supportsBlockSize();
  }

  @Override
  public long defaultBlockSize() {
    return file.defaultBlockSize();
  }

  @Override
  public String getPath() {
    return file.getPath();
  }

  private final class Measured extends PositionOutputStream {
    private final PositionOutputStream out;
    private boolean closed;

    Measured(PositionOutputStream out) {
      this.out = out;
    }

    @Override
    public long getPos() throws IOException {
      return out.getPos();
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      out.write(bytes, from, count);
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void close() throws IOException {
      if (!closed) {
        closed = true;
        length = out.getPos();
        out.close();
      }
    }
  }
}
