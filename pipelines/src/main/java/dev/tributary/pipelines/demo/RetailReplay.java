package dev.tributary.pipelines.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;

/**
 * The UCI Online Retail invoices (Chen, Sain, Guo 2012) as a source of deliveries: a directory of
 * CSV files, one a day, in the order of their names. Every line becomes one delivery: a Segment
 * track call {@code Invoice Line} whose message id is made of file and line, so that two equal
 * lines stay two facts; or, when it is not a line of such a file, its raw bytes, which landing will
 * reject and keep. One file is in memory at a time.
 */
public final class RetailReplay implements Iterator<Delivery> {

  private final Deque<Path> files;
  private final int fileCount;
  private final long bytes;
  private long bytesRead;
  private Iterator<Delivery> current = Collections.emptyIterator();
  private long lines;
  private long malformed;

  private RetailReplay(List<Path> files, long bytes) {
    this.files = new ArrayDeque<>(files);
    this.fileCount = files.size();
    this.bytes = bytes;
  }

  /** The files {@code *.csv} of a directory. */
  public static RetailReplay of(Path directory) {
    try (Stream<Path> entries = Files.list(directory)) {
      List<Path> files =
          entries.filter(file -> file.getFileName().toString().endsWith(".csv")).sorted().toList();
      if (files.isEmpty()) {
        throw DeliveryException.noFiles(directory);
      }
      long bytes = 0;
      for (Path file : files) {
        bytes += Files.size(file);
      }
      return new RetailReplay(files, bytes);
    } catch (IOException e) {
      throw DeliveryException.unreadable(directory, e);
    }
  }

  /** How many files there are: days of trade. */
  public int fileCount() {
    return fileCount;
  }

  /** The share of the bytes whose files were begun, 0 to 1. */
  public double progress() {
    return bytes == 0 ? 1 : (double) bytesRead / bytes;
  }

  /** Lines handed out so far, the malformed ones included, headings not. */
  public long lines() {
    return lines;
  }

  /** Malformed lines handed out so far. */
  public long malformed() {
    return malformed;
  }

  @Override
  public boolean hasNext() {
    while (!current.hasNext() && !files.isEmpty()) {
      Path file = files.remove();
      try {
        byte[] content = Files.readAllBytes(file);
        bytesRead += content.length;
        current = new RetailFile(file, content).deliveries();
      } catch (IOException e) {
        throw DeliveryException.unreadable(file, e);
      }
    }
    return current.hasNext();
  }

  @Override
  public Delivery next() {
    if (!hasNext()) {
      throw new NoSuchElementException("all files were handed out");
    }
    Delivery delivery = current.next();
    lines++;
    if (delivery.kind() == Delivery.Kind.BROKEN) {
      malformed++;
    }
    return delivery;
  }
}
