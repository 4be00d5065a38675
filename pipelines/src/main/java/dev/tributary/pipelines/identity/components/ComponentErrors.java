package dev.tributary.pipelines.identity.components;

import java.util.List;
import org.apache.spark.sql.types.DataType;

/** Every error of finding components: problem, cause, fix, and the values. */
final class ComponentErrors {
  private ComponentErrors() {}

  static IllegalArgumentException noSuchEngine(String name, List<String> known) {
    String fix =
        name.equals(ComponentEngines.GRAPHFRAMES)
            ? "put tributary-graphframes and GraphFrames on the class path (Maven profile"
                + " graphframes), or name another"
            : "name another";
    return new IllegalArgumentException(
        "There is no component engine '"
            + name
            + "' on the class path, only "
            + String.join(", ", known)
            + ": "
            + fix);
  }

  static IllegalArgumentException noColumn(String column, String[] columns) {
    return new IllegalArgumentException(
        "Edges need a column '"
            + column
            + "' of BIGINT, but have "
            + String.join(", ", columns)
            + ": rename the column of that end to '"
            + column
            + "'");
  }

  static IllegalArgumentException notBigint(String column, DataType type) {
    return new IllegalArgumentException(
        "Column '"
            + column
            + "' of the edges is "
            + type.sql()
            + ", not BIGINT: give each vertex a 64-bit id, for example xxhash64 of its value");
  }

  static IllegalArgumentException nullEnd(String column) {
    return new IllegalArgumentException(
        "An edge has null as its '"
            + column
            + "', so it joins nothing: filter such rows, or write a vertex without neighbours as a"
            + " self-loop");
  }

  static IllegalArgumentException taskVertices(Object vertices) {
    return new IllegalArgumentException(
        "A task cannot hold "
            + vertices
            + " vertices: set "
            + ContractionEngine.TASK_VERTICES
            + " to a number from "
            + TaskLimits.LEAST_VERTICES
            + " to "
            + TaskLimits.MOST_VERTICES);
  }
}
