package dev.tributary.schemas.contract;

import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * What a fixed table of the lake promises at one version.
 *
 * @param name database and table, e.g. {@code silver.activity}
 * @param version number of the newest migration applied
 * @param columns in table order
 * @param key columns that identify a row
 * @param partitionBy partition columns, or none
 * @param clusterBy columns to cluster by, most selective first, or none
 * @param retention how long a row is kept; empty is for ever
 * @param migrations those that led here, in order
 */
public record TableContract(
    String name,
    String description,
    int version,
    List<ContractColumn> columns,
    List<String> key,
    List<String> partitionBy,
    List<String> clusterBy,
    Optional<Duration> retention,
    List<Migration> migrations) {
  public TableContract {
    columns = List.copyOf(columns);
    key = List.copyOf(key);
    partitionBy = List.copyOf(partitionBy);
    clusterBy = List.copyOf(clusterBy);
    migrations = List.copyOf(migrations);
  }

  /** The part before the dot. */
  public String database() {
    return name.substring(0, name.indexOf('.'));
  }

  /** The part after the dot. */
  public String table() {
    return name.substring(name.indexOf('.') + 1);
  }

  public ContractColumn column(String column) {
    return columns.stream()
        .filter(candidate -> candidate.name().equals(column))
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException("no column " + column + " in " + name));
  }

  public List<String> columnNames() {
    return columns.stream().map(ContractColumn::name).toList();
  }

  /** The contract as it was after the migration of this number. */
  public TableContract at(int number) {
    if (number < 1 || number > version) {
      throw new IllegalArgumentException(
          "%s has versions 1 to %d, not %d".formatted(name, version, number));
    }
    List<Migration> applied = migrations.subList(0, number);
    return new TableContract(
        name,
        description,
        number,
        ContractColumns.after(applied),
        key,
        partitionBy,
        clusterBy,
        retention,
        applied);
  }

  /** What still has to be done to a table that is at this version; 0 is no table yet. */
  public List<Migration> since(int number) {
    return migrations.subList(Math.min(number, version), version);
  }
}
