package dev.tributary.pipelines.demo;

/**
 * A question to the lake.
 *
 * @param words as a person asks it
 * @param sql as Spark takes it; it has an order, so that equal lakes give equal answers
 */
record Question(String words, String sql) {
  Question {
    sql = sql.strip();
  }
}
