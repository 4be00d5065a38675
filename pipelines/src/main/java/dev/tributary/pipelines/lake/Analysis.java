package dev.tributary.pipelines.lake;

import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.sql.AnalysisException;

/**
 * Queries that Spark may refuse when it parses and resolves them. Its {@link AnalysisException} is
 * a checked one that no method of its API declares, so that Java cannot catch it by its name.
 */
public final class Analysis {
  private Analysis() {}

  /**
   * What the query gives, or what is made of Spark's refusal. Every other failure passes: it is not
   * the fault of names or syntax.
   *
   * @param refused takes what Spark said, a {@code ParseException} among it; may throw
   */
  public static <T> T orElse(Supplier<T> query, Function<AnalysisException, T> refused) {
    try {
      return query.get();
    } catch (Exception e) {
      if (e instanceof AnalysisException analysis) {
        return refused.apply(analysis);
      }
      throw e;
    }
  }
}
