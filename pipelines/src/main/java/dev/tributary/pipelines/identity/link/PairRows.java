package dev.tributary.pipelines.identity.link;

import dev.tributary.pipelines.identity.csv.CsvFile;
import dev.tributary.pipelines.job.JobException;
import java.util.List;
import java.util.function.Supplier;

/** Rows that begin with two ids, whatever their columns are called. */
record PairRows(Supplier<JobException> tooFewColumns, Each each) implements CsvFile.Sink {
  /** Takes a row. */
  interface Each {
    void row(long number, String[] values);
  }

  @Override
  public void header(List<String> columns) {
    if (columns.size() < 2) {
      throw tooFewColumns.get();
    }
  }

  @Override
  public void row(long number, String[] values) {
    each.row(number, values);
  }
}
