package dev.tributary.pipelines.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Arrays;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.s3a.S3AFileSystem;
import org.apache.hadoop.fs.s3a.S3AUtils;
import org.apache.hadoop.fs.s3a.impl.PutObjectOptions;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * {@code PUT} with {@code If-None-Match: *}: S3 itself decides which of several writers of a key
 * was first (conditional writes, S3 API reference, PutObject). Through S3A's own client, so that
 * endpoint, credentials, encryption and ACL are those of the file system.
 */
final class ConditionalPut {
  private static final String S3A = "org.apache.hadoop.fs.s3a.S3AFileSystem";
  private static final int PRECONDITION_FAILED = 412;
  private static final int CONFLICT = 409;
  private static final int NOT_IMPLEMENTED = 501;
  private static final int MOST_TRIES = 5;
  private static final Duration PAUSE = Duration.ofMillis(200);

  private ConditionalPut() {}

  /** Whether this is S3A and its store is not said to lack conditional writes. */
  static boolean takes(FileSystem files) {
    // By name: where the class is not on the class path, there is no S3A either.
    return files.getClass().getName().equals(S3A)
        && files.getConf().getBoolean(S3Settings.CONDITIONAL, true);
  }

  /**
   * Puts the bytes where no object is.
   *
   * @throws FileAlreadyExistsException when one is, and it is not of these bytes; of these it is
   *     what an earlier try of this put wrote, whose answer was lost
   */
  static void put(FileSystem files, Path path, byte[] bytes) throws IOException {
    S3AFileSystem store = (S3AFileSystem) files;
    PutObjectRequest request = request(store, path, bytes.length);
    S3Client client = store.getS3AInternals().getAmazonS3Client("conditional put");
    for (int tries = 1; ; tries++) {
      try {
        client.putObject(request, RequestBody.fromBytes(bytes));
        return;
      } catch (S3Exception e) {
        if (e.statusCode() == CONFLICT && tries < MOST_TRIES) {
          // Another put of the key, or its deletion, was under way: S3 asks to try again.
          pause(e);
        } else if (e.statusCode() == PRECONDITION_FAILED) {
          if (holds(store, path, bytes)) {
            return;
          }
          throw taken(path, e);
        } else {
          throw e.statusCode() == NOT_IMPLEMENTED ? unconditional(path, e) : translated(path, e);
        }
      } catch (SdkException e) {
        throw translated(path, e);
      }
    }
  }

  private static PutObjectRequest request(S3AFileSystem store, Path path, long length) {
    PutObjectRequest plain =
        store
            .getRequestFactory()
            .newPutObjectRequestBuilder(
                store.pathToKey(path), PutObjectOptions.keepingDirs(), length, false)
            .build();
    AwsRequestOverrideConfiguration.Builder override =
        plain
            .overrideConfiguration()
            .map(AwsRequestOverrideConfiguration::toBuilder)
            .orElseGet(AwsRequestOverrideConfiguration::builder);
    return plain.toBuilder()
        .overrideConfiguration(override.putHeader("If-None-Match", "*").build())
        .build();
  }

  private static boolean holds(S3AFileSystem store, Path path, byte[] bytes) throws IOException {
    try (InputStream in = store.open(path)) {
      return Arrays.equals(in.readAllBytes(), bytes);
    } catch (FileNotFoundException removedSince) {
      return false;
    }
  }

  private static FileAlreadyExistsException taken(Path path, S3Exception cause) {
    FileAlreadyExistsException taken =
        new FileAlreadyExistsException(path + " was written by another");
    taken.initCause(cause);
    return taken;
  }

  private static IOException unconditional(Path path, S3Exception cause) {
    return new IOException(
        path
            + " cannot be written once: its store does not know conditional writes. Fix: set"
            + " spark.hadoop."
            + S3Settings.CONDITIONAL
            + "=false, and let one process at a time write to the lake",
        cause);
  }

  private static IOException translated(Path path, SdkException cause) {
    return S3AUtils.translateException("put", path, cause);
  }

  private static void pause(S3Exception cause) throws InterruptedIOException {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted = new InterruptedIOException(e.getMessage());
      interrupted.initCause(cause);
      throw interrupted;
    }
  }
}
