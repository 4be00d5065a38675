package dev.tributary.pipelines.landing;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The files one task has open, one for each table and day, the least recently used closed when
 * there are too many: an old backlog touches many days, and every open file holds page buffers.
 */
final class OpenFiles {
  private static final int MOST_OPEN = 160;

  private record Slot(TableLayout layout, int day) {}

  private final String lake;
  private final Configuration hadoop;
  private final String prefix;
  private final Map<Slot, DataFile> open = new LinkedHashMap<>(64, 0.75f, true);
  private final List<WrittenFile> written = new ArrayList<>();
  private final List<Path> paths = new ArrayList<>();
  private final SharedCodecs codecs;
  private int sequence;

  /**
   * @param prefix start of every file's name, telling where it came from
   */
  OpenFiles(String lake, Configuration hadoop, String prefix) {
    this.lake = lake;
    this.hadoop = hadoop;
    this.codecs = new SharedCodecs(hadoop);
    this.prefix = prefix + "-" + UUID.randomUUID().toString().substring(0, 13);
  }

  void write(TableLayout layout, int day, Object[] row) throws IOException {
    Slot slot = new Slot(layout, day);
    DataFile file = open.get(slot);
    if (file == null) {
      file = create(layout, day);
      open.put(slot, file);
      closeSurplus();
    }
    file.write(row);
  }

  /** Closes everything and tells what was written. */
  List<WrittenFile> close() throws IOException {
    for (DataFile file : open.values()) {
      written.add(file.close());
    }
    open.clear();
    codecs.releaseAll();
    return written;
  }

  /**
   * After a failure: removes what was written, as far as the store lets us; VACUUM gets the rest.
   */
  void abandon(Throwable cause) {
    for (DataFile file : open.values()) {
      try {
        file.abandon();
      } catch (IOException | RuntimeException e) {
        cause.addSuppressed(e);
      }
    }
    codecs.releaseAll();
    for (Path path : paths) {
      try {
        path.getFileSystem(hadoop).delete(path, false);
      } catch (IOException e) {
        cause.addSuppressed(e);
      }
    }
  }

  private DataFile create(TableLayout layout, int day) throws IOException {
    String directory =
        layout.partitionColumn() == null
            ? ""
            : layout.partitionColumn() + "=" + LocalDate.ofEpochDay(day) + "/";
    String name = directory + prefix + "-" + sequence++ + ".zstd.parquet";
    String root = lake + "/" + layout.directory();
    paths.add(new Path(root, name));
    return new DataFile(layout, root, name, day, hadoop, codecs);
  }

  private void closeSurplus() throws IOException {
    Iterator<DataFile> oldest = open.values().iterator();
    while (open.size() > MOST_OPEN) {
      written.add(oldest.next().close());
      oldest.remove();
    }
  }
}
