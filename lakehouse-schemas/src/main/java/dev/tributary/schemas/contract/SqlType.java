package dev.tributary.schemas.contract;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The column types of the fixed tables. */
public enum SqlType {
  STRING,
  BINARY,
  BOOLEAN,
  INT,
  BIGINT,
  DOUBLE,
  /** An instant in UTC with microseconds. */
  TIMESTAMP,
  DATE;

  /** The type as Spark SQL and Delta's DDL write it, e.g. {@code bigint}. */
  public String sql() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<SqlType> parse(String sql) {
    return Arrays.stream(values()).filter(type -> type.sql().equals(sql)).findFirst();
  }
}
