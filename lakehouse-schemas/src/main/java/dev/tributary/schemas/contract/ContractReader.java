package dev.tributary.schemas.contract;

import dev.tributary.schemas.yaml.YamlException;
import dev.tributary.schemas.yaml.YamlNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and checks one table's {@code table.yaml} and the migrations it lists. */
final class ContractReader {
  private static final Pattern MIGRATION_FILE = Pattern.compile("(\\d{4})-[a-z0-9-]+\\.yaml");
  private static final Pattern RETENTION = Pattern.compile("(\\d{1,6}) days?");
  private static final Pattern TABLE = Pattern.compile("[a-z][a-z0-9_]*\\.[a-z][a-z0-9_]*");

  private final String folder;
  private final UnaryOperator<String> content;
  private final Map<String, ContractColumn> known = new LinkedHashMap<>();
  private final Set<String> folded = new HashSet<>();

  /**
   * @param folder shown before file names in errors
   * @param content text of a file in the folder, by name
   */
  ContractReader(String folder, UnaryOperator<String> content) {
    this.folder = folder;
    this.content = content;
  }

  TableContract read() {
    YamlNode table = document("table.yaml");
    table.allow(
        "table", "description", "key", "partition_by", "cluster_by", "retention", "migrations");
    String name = table.text("table");
    if (!TABLE.matcher(name).matches()) {
      throw table.at("table").problem("'" + name + "' is no table name", "write database.table");
    }
    List<Migration> migrations = migrations(table);
    TableContract contract =
        new TableContract(
            name,
            table.text("description"),
            migrations.size(),
            ContractColumns.after(migrations),
            columns(table, "key"),
            columns(table, "partition_by"),
            columns(table, "cluster_by"),
            retention(table),
            migrations);
    requireSound(table, contract);
    return contract;
  }

  private YamlNode document(String file) {
    return YamlNode.parse(folder + "/" + file, content.apply(file));
  }

  private void requireSound(YamlNode table, TableContract contract) {
    if (contract.key().isEmpty()) {
      throw table.at("key").problem("is missing", "list the columns that identify a row");
    }
    if (!contract.partitionBy().isEmpty() && !contract.clusterBy().isEmpty()) {
      throw table
          .at("cluster_by")
          .problem("the table is partitioned already", "keep partition_by or cluster_by");
    }
  }

  private List<Migration> migrations(YamlNode table) {
    List<Migration> migrations = new ArrayList<>();
    for (YamlNode item : table.list("migrations")) {
      String file = item.asText();
      int number = migrations.size() + 1;
      Matcher name = MIGRATION_FILE.matcher(file);
      if (!name.matches() || Integer.parseInt(name.group(1)) != number) {
        throw item.problem(
            "'" + file + "' is not migration " + number,
            "number the migrations without gaps, here %04d-<what-it-does>.yaml".formatted(number));
      }
      migrations.add(migration(file, number));
    }
    if (migrations.isEmpty()) {
      throw table.at("migrations").problem("is missing", "list 0001-create.yaml at least");
    }
    return migrations;
  }

  private Migration migration(String file, int number) {
    if (!content.apply(file).startsWith("changes:")) {
      throw new YamlException(
          folder + "/" + file,
          "line 1",
          "does not open with what changed",
          "begin the file with 'changes: <one line>'");
    }
    YamlNode node = document(file);
    node.allow("changes", "add_columns", "relax", "tag");
    List<ContractColumn> added = new ArrayList<>();
    for (YamlNode column : node.list("add_columns")) {
      added.add(column(column, number));
    }
    return new Migration(number, node.text("changes"), added, columns(node, "relax"), tags(node));
  }

  private ContractColumn column(YamlNode node, int number) {
    node.allow("name", "type", "nullable", "description", "tags");
    String name = node.text("name");
    SqlType type =
        SqlType.parse(node.text("type"))
            .orElseThrow(
                () ->
                    node.at("type")
                        .problem(
                            "unknown type '" + node.text("type") + "'",
                            "use one of " + String.join(", ", typeNames())));
    if (!folded.add(name.toLowerCase(Locale.ROOT))) {
      throw node.at("name").problem("column '" + name + "' exists already", "choose another name");
    }
    boolean nullable = node.flag("nullable", true);
    if (number > 1 && !nullable) {
      throw node.at("nullable")
          .problem("rows that exist have no value for '" + name + "'", "make it nullable");
    }
    try {
      ContractColumn column =
          new ContractColumn(
              name, type, nullable, node.text("description"), Set.copyOf(node.texts("tags")));
      known.put(name, column);
      return column;
    } catch (IllegalArgumentException illegal) {
      throw node.problem(illegal.getMessage(), "rename it");
    }
  }

  private static List<String> typeNames() {
    return List.of(SqlType.values()).stream().map(SqlType::sql).toList();
  }

  /** A list of columns that must exist. */
  private List<String> columns(YamlNode node, String key) {
    List<String> names = new ArrayList<>();
    for (YamlNode item : node.list(key)) {
      requireColumn(item, item.asText());
      names.add(item.asText());
    }
    return names;
  }

  private Map<String, Set<String>> tags(YamlNode node) {
    Map<String, Set<String>> tags = new LinkedHashMap<>();
    for (Map.Entry<String, YamlNode> entry : node.entries("tag").entrySet()) {
      requireColumn(entry.getValue(), entry.getKey());
      tags.put(entry.getKey(), Set.copyOf(node.at("tag").texts(entry.getKey())));
    }
    return tags;
  }

  private void requireColumn(YamlNode place, String name) {
    if (!known.containsKey(name)) {
      throw place.problem("no column '" + name + "'", "use one of " + known.keySet());
    }
  }

  private static Optional<Duration> retention(YamlNode table) {
    Optional<String> text = table.optionalText("retention");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Matcher days = RETENTION.matcher(text.get());
    if (!days.matches()) {
      throw table
          .at("retention")
          .problem("'" + text.get() + "' is no time span", "write e.g. '730 days'");
    }
    return Optional.of(Duration.ofDays(Long.parseLong(days.group(1))));
  }
}
