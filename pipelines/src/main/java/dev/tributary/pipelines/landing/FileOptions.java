package dev.tributary.pipelines.landing;

import java.util.Objects;
import java.util.Optional;

/**
 * Which files of a source are read, and how.
 *
 * @param csv how CSV files are written
 * @param glob which file names are read, e.g. {@code *.csv}; all when empty
 * @param recursive whether the directories below are read too
 * @param maxFilesPerBatch how many files a batch takes at most
 */
record FileOptions(CsvFormat csv, Optional<String> glob, boolean recursive, int maxFilesPerBatch) {
  static final int MAX_FILES_PER_BATCH = 200;

  FileOptions {
    Objects.requireNonNull(csv);
    Objects.requireNonNull(glob);
    if (maxFilesPerBatch < 1) {
      throw new IllegalArgumentException("max_files_per_batch is at least 1");
    }
  }
}
