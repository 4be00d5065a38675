package dev.tributary.schemas.contract;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Columns as a sequence of migrations leaves them. */
final class ContractColumns {
  private ContractColumns() {}

  static List<ContractColumn> after(List<Migration> migrations) {
    Map<String, ContractColumn> columns = new LinkedHashMap<>();
    for (Migration migration : migrations) {
      migration.addColumns().forEach(column -> columns.put(column.name(), column));
      migration.relax().forEach(name -> columns.computeIfPresent(name, (key, c) -> relaxed(c)));
      migration
          .tag()
          .forEach((name, tags) -> columns.computeIfPresent(name, (key, c) -> tagged(c, tags)));
    }
    return new ArrayList<>(columns.values());
  }

  private static ContractColumn relaxed(ContractColumn column) {
    return new ContractColumn(
        column.name(), column.type(), true, column.description(), column.tags());
  }

  private static ContractColumn tagged(ContractColumn column, Set<String> more) {
    Set<String> tags = new HashSet<>(column.tags());
    tags.addAll(more);
    return new ContractColumn(
        column.name(), column.type(), column.nullable(), column.description(), tags);
  }
}
