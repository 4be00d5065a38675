package dev.tributary.pipelines.bench;

import static org.apache.spark.sql.functions.expr;

import dev.tributary.pipelines.identity.components.ComponentEngine;
import dev.tributary.pipelines.job.JobErrors;
import java.math.BigInteger;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A graph as identity has it, whose components are known: one chain, and persons of six
 * identifiers, each tied to one that the person had before, with further evidence between any two.
 * Ids are scattered over 64 bits, edges come in no order; the same parameters give the same graph.
 *
 * @param vertices how many vertices, all of which have an edge
 * @param edges how many edges, repeats and some self-loops among them; at least {@code vertices}
 * @param chain how many of the vertices are one chain; from 2
 */
record ComponentsGraph(long vertices, long edges, long chain) {
  private static final long PERSON = 6;

  ComponentsGraph {
    if (chain < 2 || chain >= vertices) {
      throw JobErrors.usage(
          "A chain of %,d of %,d vertices cannot be".formatted(chain, vertices),
          null,
          "give --chain from 2 to less than --vertices");
    }
    if (edges < vertices || edges > Integer.MAX_VALUE) {
      throw JobErrors.usage(
          "%,d edges do not suit %,d vertices".formatted(edges, vertices),
          null,
          "give --edges from --vertices to %,d".formatted(Integer.MAX_VALUE));
    }
  }

  /** How many components there are. */
  long components() {
    return 1 + (vertices - chain + PERSON - 1) / PERSON;
  }

  /**
   * The edges. Of the numbers k below {@code edges}, in a scattered order, the first make the
   * chain; then each ties an identifier v to an earlier one of its person; the rest tie any two of
   * one.
   */
  Dataset<Row> generate(SparkSession spark) {
    return spark
        .range(edges)
        .selectExpr("pmod(id * %d + 7, %d) k".formatted(stride(), edges))
        .selectExpr("k", "k - %d v".formatted(chain - 1), "pmod(xxhash64(k, 1), 1000003) r")
        .withColumn(
            "i", expr("IF(v < %1$d, v, pmod(xxhash64(k, 2), %1$d))".formatted(vertices - chain)))
        .selectExpr("k", "v", "r", "i", "i %% %d place".formatted(PERSON))
        .withColumn(
            "earlier",
            expr(
                "IF(place = 0, r %% least(%d, %d - i), r %% place - place)"
                    .formatted(PERSON, vertices - chain)))
        .select(
            expr("xxhash64(IF(v < 0, k, %d + i))".formatted(chain)).as(ComponentEngine.SRC),
            expr("xxhash64(IF(v < 0, k + 1, %d + i + earlier))".formatted(chain))
                .as(ComponentEngine.DST));
  }

  /** A number near the golden section of the edges that has no divisor in common with them. */
  private long stride() {
    BigInteger modulus = BigInteger.valueOf(edges);
    long stride = Math.max(1, Math.round(edges * 0.618));
    while (!BigInteger.valueOf(stride).gcd(modulus).equals(BigInteger.ONE)) {
      stride++;
    }
    return stride;
  }
}
