package dev.tributary.pipelines.identity;

import dev.tributary.pipelines.identity.graph.GraphRules;
import dev.tributary.pipelines.job.Nearest;
import dev.tributary.pipelines.lake.TableName;
import dev.tributary.schemas.contract.TableContract;
import dev.tributary.schemas.contract.TableContracts;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Tells a misspelt rule from one that has nothing to read yet. A rule may lack its columns in some
 * models of an event, not in all of them; a table may not have landed yet, but not be a slip of the
 * pen away from one that has. The built-in rules are of events that a lake need not have: they, and
 * copies of them, are never wrong.
 */
final class RuleCheck {
  /** Letters between a misspelt table and the one that was meant, at most. */
  private static final int SLIP = 2;

  private final IdentityTables tables;

  RuleCheck(IdentityTables tables) {
    this.tables = tables;
  }

  /**
   * Looks at all rules.
   *
   * @throws dev.tributary.pipelines.job.JobException exit code 2, naming the column or table and
   *     the nearest one there is
   */
  void check(IdentityRules rules) {
    Set<EvidenceRule> builtIn = new HashSet<>(IdentityRulesReader.builtIn().evidence());
    Set<String> ofPersons = new TreeSet<>();
    for (EvidenceRule rule : rules.evidence()) {
      if (rule.graph().equals(GraphRules.PERSON)) {
        ofPersons.add(rule.left().type());
        rule.right().ifPresent(right -> ofPersons.add(right.type()));
      }
    }
    for (EvidenceRule rule : rules.evidence()) {
      if (rule.graph().equals(GraphRules.HOUSEHOLD) && !ofPersons.contains(rule.left().type())) {
        throw IdentityErrors.nobodysType(rule.name(), rule.left().type(), ofPersons);
      }
      if (!builtIn.contains(rule)) {
        check(rule);
      }
    }
  }

  private void check(EvidenceRule rule) {
    List<String> physical = tables.physical(rule.table());
    if (physical.isEmpty()) {
      table(rule);
      return;
    }
    Set<String> columns = new TreeSet<>();
    String missing = null;
    for (String table : physical) {
      Dataset<Row> empty = empty(table);
      Optional<String> lacks = EvidenceReader.missing(rule, empty);
      if (lacks.isEmpty()) {
        return;
      }
      missing = lacks.get();
      columns.addAll(List.of(empty.columns()));
    }
    throw IdentityErrors.unknownColumn(
        rule.name(), rule.table(), missing, Nearest.to(missing, columns), columns);
  }

  private Dataset<Row> empty(String table) {
    DataFiles files = tables.files(table, tables.version(table));
    return tables.spark().createDataFrame(List.of(), files.schema());
  }

  private void table(EvidenceRule rule) {
    Set<String> known = new TreeSet<>();
    IdentityRulesReader.builtIn().evidence().forEach(one -> known.add(one.table()));
    TableContracts.all().stream().map(TableContract::table).forEach(known::add);
    for (TableName name : tables.lake().tables(tables.hadoop())) {
      known.add(name.toString());
      known.add(name.toString().replaceFirst("_v\\d+$", ""));
    }
    if (known.contains(rule.table())) {
      return;
    }
    LevenshteinDistance distance = new LevenshteinDistance(SLIP);
    known.stream()
        .filter(name -> distance.apply(rule.table(), name) >= 0)
        .findFirst()
        .ifPresent(
            meant -> {
              throw IdentityErrors.unknownTable(rule.name(), rule.table(), meant);
            });
  }
}
