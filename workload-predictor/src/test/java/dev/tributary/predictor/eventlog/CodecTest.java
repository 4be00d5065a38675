package dev.tributary.predictor.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class CodecTest {
  /** Bytes that tell whether they were closed, and then fail. */
  private static final class Bytes extends FilterInputStream {
    private boolean closed;

    Bytes(byte[] bytes) {
      super(new ByteArrayInputStream(bytes));
    }

    @Override
    public void close() throws IOException {
      closed = true;
      throw new IOException("the store does not answer any more");
    }
  }

  @Test
  void aStreamThatIsLeftInTheMiddleIsClosedDownToItsBytes() throws IOException {
    Bytes bytes = new Bytes(gzip(gzip(new byte[1 << 20])));
    PiecewiseStream text = Codec.text(bytes);
    assertThat(text.read()).isZero();
    text.close();
    assertThat(bytes.closed).isTrue();
    // The buffer is shorter than this; behind it is the inflater, which is closed.
    assertThatThrownBy(text::readAllBytes).hasMessageContaining("closed");
  }

  @Test
  void whatLiesBelowALayerThatCannotBeBegunIsClosed() throws IOException {
    Bytes bytes = new Bytes(gzip(new byte[] {0x1F, (byte) 0x8B, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}));
    assertThatThrownBy(() -> Codec.text(bytes)).isInstanceOf(IOException.class);
    assertThat(bytes.closed).isTrue();
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }
}
