package dev.tributary.pipelines.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
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
 * endpoint, credentials, encryption and ACL are those of the file system. A store that does not
 * know the condition may ignore it silently, so each is tried once with an object that is there.
 */
final class ConditionalPut {
  private static final String S3A = "org.apache.hadoop.fs.s3a.S3AFileSystem";
  private static final int PRECONDITION_FAILED = 412;
  private static final int CONFLICT = 409;
  private static final int NOT_IMPLEMENTED = 501;
  private static final int MOST_TRIES = 5;
  private static final Duration PAUSE = Duration.ofMillis(200);

  /** The buckets that have refused to overwrite, with their endpoints. */
  private static final Set<String> TRIED = ConcurrentHashMap.newKeySet();

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
   * @throws StoreException when the store cannot put so
   */
  static void put(FileSystem files, Path path, byte[] bytes) throws IOException {
    S3AFileSystem store = (S3AFileSystem) files;
    String bucket = store.getUri() + " " + store.getConf().get("fs.s3a.endpoint");
    if (!TRIED.contains(bucket)) {
      requireConditions(store, path);
      TRIED.add(bucket);
    }
    putAlone(store, path, bytes);
  }

  /** Puts an object twice, which is to fail, and removes it. */
  private static void requireConditions(S3AFileSystem store, Path beside) throws IOException {
    Path path = new Path(beside.getParent(), "_tributary-" + UUID.randomUUID());
    try {
      putAlone(store, path, new byte[] {1});
      putAlone(store, path, new byte[] {2});
    } catch (FileAlreadyExistsException asItShould) {
      return;
    } finally {
      remove(store, path);
    }
    throw unconditional(path, null);
  }

  /** Not by S3A, which would make an object for the directory that it then takes for empty. */
  private static void remove(S3AFileSystem store, Path path) throws IOException {
    try {
      client(store)
          .deleteObject(
              store
                  .getRequestFactory()
                  .newDeleteObjectRequestBuilder(store.pathToKey(path))
                  .build());
    } catch (SdkException e) {
      throw translated(path, e);
    }
  }

  private static S3Client client(S3AFileSystem store) {
    return store.getS3AInternals().getAmazonS3Client("conditional put");
  }

  private static void putAlone(S3AFileSystem store, Path path, byte[] bytes) throws IOException {
    PutObjectRequest request = request(store, path, bytes.length);
    S3Client client = client(store);
    for (int tries = 1; ; tries++) {
      try {
        client.putObject(request, RequestBody.fromBytes(bytes));
        return;
      } catch (S3Exception e) {
        if (e.statusCode() == PRECONDITION_FAILED && holds(store, path, bytes)) {
          return;
        }
        if (e.statusCode() != CONFLICT || tries == MOST_TRIES) {
          throw refused(path, e);
        }
        // Another put of the key, or its deletion, was under way: S3 asks to try again.
        pause(e);
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

  private static IOException refused(Path path, S3Exception cause) {
    return switch (cause.statusCode()) {
      case PRECONDITION_FAILED -> taken(path, cause);
      case NOT_IMPLEMENTED -> throw unconditional(path, cause);
      default -> translated(path, cause);
    };
  }

  private static FileAlreadyExistsException taken(Path path, S3Exception cause) {
    FileAlreadyExistsException taken =
        new FileAlreadyExistsException(path + " was written by another");
    taken.initCause(cause);
    return taken;
  }

  private static StoreException unconditional(Path path, S3Exception orNull) {
    return new StoreException(
        "The store of %s cannot tell who of several writers was first".formatted(path.getParent()),
        "It does not know, or ignores, PUT with If-None-Match, which S3 has had since August 2024",
        "set spark.hadoop.%s=false, and let one process at a time write to the lake"
            .formatted(S3Settings.CONDITIONAL),
        orNull);
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
