package dev.tributary.pipelines.lake;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;

/**
 * A lake: a directory (local or an object store's) in which each Delta table lies at {@code
 * <root>/<namespace>/<table>}. What exists is what is there now; nothing is cached or registered.
 *
 * @param root absolute URI without a trailing slash, for example {@code file:/data/lake} or {@code
 *     s3a://bucket/lake}
 */
public record Lake(URI root) {
  /** The Spark setting that names the lake of a session. */
  public static final String SETTING = "spark.tributary.lake";

  /** The namespaces that belong to every lake, whether or not they hold a table yet. */
  public static final List<String> NAMESPACES =
      List.of("bronze", "silver", "gold", "identity", "governance", "ops", "vault");

  private static final String SESSIONS_OWN = "default";
  private static final String FIRST_COMMIT = "/00000000000000000000.json";
  private static final String LAST_CHECKPOINT = "/_last_checkpoint";

  public Lake {
    Objects.requireNonNull(root, "root");
    if (!root.isAbsolute()) {
      throw LakeErrors.noLake();
    }
  }

  /** A lake at a local directory (relative to the working directory) or a URI. */
  public static Lake at(String place) {
    if (place == null || place.isBlank()) {
      throw LakeErrors.noLake();
    }
    if (place.matches("[A-Za-z][A-Za-z0-9+.-]+:/.*")) {
      return new Lake(new org.apache.hadoop.fs.Path(place.replaceAll("(?<!/)/+$", "")).toUri());
    }
    return at(Path.of(place));
  }

  /** A lake at a local directory; it need not exist yet. */
  public static Lake at(Path directory) {
    String path = directory.toAbsolutePath().normalize().toString();
    return new Lake(new org.apache.hadoop.fs.Path("file:" + path).toUri());
  }

  /** The table's directory, as Spark, Delta and Hadoop take it. */
  public String tablePath(TableName name) {
    return path(name.namespace()) + "/" + name.table();
  }

  /** The table's directory, as Spark, Delta and Hadoop take it. */
  public String tablePath(String namespace, String table) {
    return tablePath(new TableName(namespace, table));
  }

  /** A place below the lake that is no table, such as {@code _landing} or {@code _checkpoints}. */
  public String path(String below) {
    return new org.apache.hadoop.fs.Path(root) + "/" + below;
  }

  /** The lake's directory on the local file system, where it is on one. */
  public Optional<Path> localDirectory() {
    return "file".equals(root.getScheme())
        ? Optional.of(Path.of(root.getPath()))
        : Optional.empty();
  }

  /** Whether a name with this namespace is the lake's to resolve. */
  boolean owns(String namespace, Configuration hadoop) {
    String directory = namespace.toLowerCase(Locale.ROOT);
    return isNamespace(directory)
        && (NAMESPACES.contains(directory) || isDirectory(path(directory), hadoop));
  }

  /** The namespaces that are there now, in order. */
  public List<String> namespaces(Configuration hadoop) {
    return directories(path(""), hadoop).stream().filter(Lake::isNamespace).sorted().toList();
  }

  /** All tables that are there now, in order of name; views are not among them. */
  public List<TableName> tables(Configuration hadoop) {
    List<TableName> tables = new ArrayList<>();
    namespaces(hadoop).forEach(namespace -> tables.addAll(tables(namespace, hadoop)));
    return tables;
  }

  /** The tables of a namespace that are there now, in order of name. */
  public List<TableName> tables(String namespace, Configuration hadoop) {
    return directories(path(namespace.toLowerCase(Locale.ROOT)), hadoop).stream()
        .filter(TableName::isPart)
        .map(table -> new TableName(namespace, table))
        .filter(name -> isTable(name, hadoop))
        .sorted()
        .toList();
  }

  /**
   * The views of a namespace: one for each event that has a table {@code <event>_v<model>}, and
   * those that are {@linkplain LakeViews declared}.
   */
  public List<TableName> views(String namespace, Configuration hadoop) {
    SortedSet<TableName> views = new TreeSet<>(viewsOver(tables(namespace, hadoop)));
    LakeViews.in(namespace, this, hadoop).forEach(view -> views.add(view.name()));
    return List.copyOf(views);
  }

  static List<TableName> viewsOver(List<TableName> tables) {
    SortedSet<TableName> views = new TreeSet<>();
    tables.stream()
        .filter(name -> name.model().isPresent())
        .map(TableName::view)
        .forEach(views::add);
    tables.forEach(views::remove);
    return List.copyOf(views);
  }

  /**
   * Whether a Delta table lies there now. A log whose first commit has not come yet is none:
   * whoever makes a table makes the directory first, and may have been killed before the commit.
   */
  public boolean isTable(TableName name, Configuration hadoop) {
    String log = tablePath(name) + "/_delta_log";
    return status(log + FIRST_COMMIT, hadoop).isPresent()
        || status(log + LAST_CHECKPOINT, hadoop).isPresent()
        || list(log, hadoop).stream().anyMatch(file -> isCommit(file.getPath().getName()));
  }

  private static boolean isCommit(String file) {
    return file.matches("\\d{20}\\.(json|checkpoint\\..*)");
  }

  /** The name as its directory spells it, where such a table is there now. */
  Optional<TableName> find(TableName name, Configuration hadoop) {
    if (isTable(name, hadoop)) {
      return Optional.of(name);
    }
    return tables(name.namespace(), hadoop).stream().filter(name::equals).findFirst();
  }

  private static boolean isNamespace(String name) {
    return TableName.isPart(name)
        && !name.startsWith("_")
        && !name.equals(SESSIONS_OWN)
        && name.equals(name.toLowerCase(Locale.ROOT));
  }

  private static List<String> directories(String place, Configuration hadoop) {
    return list(place, hadoop).stream()
        .filter(FileStatus::isDirectory)
        .map(status -> status.getPath().getName())
        .toList();
  }

  private static List<FileStatus> list(String place, Configuration hadoop) {
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(place);
    try {
      return List.of(fileSystem(path, hadoop).listStatus(path));
    } catch (FileNotFoundException nothingYet) {
      return List.of();
    } catch (IOException e) {
      throw LakeErrors.unreadable(place, e);
    }
  }

  private static boolean isDirectory(String place, Configuration hadoop) {
    return status(place, hadoop).filter(FileStatus::isDirectory).isPresent();
  }

  private static Optional<FileStatus> status(String place, Configuration hadoop) {
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(place);
    try {
      return Optional.of(fileSystem(path, hadoop).getFileStatus(path));
    } catch (FileNotFoundException absent) {
      return Optional.empty();
    } catch (IOException e) {
      throw LakeErrors.unreadable(place, e);
    }
  }

  private static FileSystem fileSystem(org.apache.hadoop.fs.Path path, Configuration hadoop)
      throws IOException {
    return path.getFileSystem(hadoop);
  }

  @Override
  public String toString() {
    return localDirectory()
        .map(Path::toString)
        .orElseGet(() -> new org.apache.hadoop.fs.Path(root).toString());
  }
}
