package dev.tributary.predictor.service;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * One process at a time: the operating system's lock on the file {@code lock}, which goes away with
 * its process however that ends. {@code lock.holder} says who it is, for messages only.
 */
final class StoreLock implements AutoCloseable {
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);

  private final FileChannel channel;
  private final FileLock lock;

  private StoreLock(FileChannel channel, FileLock lock) {
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Takes the lock.
   *
   * @param wait how long to wait for another holder
   */
  static StoreLock take(Path directory, String holder, Duration wait) throws IOException {
    long deadline = System.nanoTime() + wait.toNanos();
    FileChannel channel =
        FileChannel.open(
            directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = attempt(channel);
      while (lock == null && System.nanoTime() < deadline) {
        Thread.sleep(BETWEEN_TRIES.toMillis());
        lock = attempt(channel);
      }
      if (lock == null) {
        throw StoreErrors.locked(directory, holderOf(directory));
      }
      Files.writeString(directory.resolve("lock.holder"), holder);
      return new StoreLock(channel, lock);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      channel.close();
      throw StoreErrors.locked(directory, holderOf(directory));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static FileLock attempt(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
    }
  }

  private static String holderOf(Path directory) throws IOException {
    Path holder = directory.resolve("lock.holder");
    return Files.exists(holder) ? Files.readString(holder).strip() : "";
  }

  /** Replaces what the file says of the holder. */
  static void describe(Path directory, String holder) throws IOException {
    Files.write(
        directory.resolve("lock.holder"),
        ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)).array());
  }

  @Override
  public void close() throws IOException {
    lock.release();
    channel.close();
  }
}
