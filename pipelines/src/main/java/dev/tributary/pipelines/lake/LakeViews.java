package dev.tributary.pipelines.lake;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.apache.hadoop.conf.Configuration;

/**
 * Views that a domain declares over its tables; found by {@link ServiceLoader}. A view is there
 * when all tables that it is over are.
 */
public interface LakeViews {

  /** The views of the domain. */
  List<View> views();

  /**
   * A view.
   *
   * @param name no table of the lake has it
   * @param over the tables of its query, all of which must be there
   * @param sql its query; tables by full name, {@code spark_catalog.<namespace>.<table>}
   */
  record View(TableName name, List<TableName> over, String sql) {
    public View {
      over = List.copyOf(over);
    }
  }

  /** All declared views of a namespace whose tables are there now. */
  static List<View> in(String namespace, Lake lake, Configuration hadoop) {
    return ServiceLoader.load(LakeViews.class, LakeViews.class.getClassLoader()).stream()
        .flatMap(domain -> domain.get().views().stream())
        .filter(view -> view.name().namespace().equalsIgnoreCase(namespace))
        .filter(view -> view.over().stream().allMatch(table -> lake.isTable(table, hadoop)))
        .toList();
  }

  /** The declared view of a name, where its tables are there now. */
  static Optional<View> find(TableName name, Lake lake, Configuration hadoop) {
    return in(name.namespace(), lake, hadoop).stream()
        .filter(view -> view.name().equals(name))
        .findFirst();
  }
}
