package dev.tributary.schemas.contract;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One numbered change of a table. Migrations only widen: data that is there stays readable as it
 * is.
 *
 * @param number 1 creates the table
 * @param changes one line that says what changed
 * @param addColumns appended in this order; columns added to a table that exists are nullable
 * @param relax columns that become nullable
 * @param tag tags added to columns, by column
 */
public record Migration(
    int number,
    String changes,
    List<ContractColumn> addColumns,
    List<String> relax,
    Map<String, Set<String>> tag) {
  public Migration {
    addColumns = List.copyOf(addColumns);
    relax = List.copyOf(relax);
    tag = Map.copyOf(tag);
  }
}
