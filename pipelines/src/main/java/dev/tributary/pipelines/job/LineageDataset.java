package dev.tributary.pipelines.job;

import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A data set as OpenLineage names it.
 *
 * @param namespace where it lives, e.g. {@code kafka://host:9092}, {@code s3://bucket}, {@code
 *     file}
 * @param name which one it is there, e.g. a topic or a path
 * @see <a href="https://openlineage.io/docs/spec/naming">OpenLineage naming conventions</a>
 */
public record LineageDataset(String namespace, String name) {
  public LineageDataset {
    Objects.requireNonNull(namespace, "namespace");
    Objects.requireNonNull(name, "name");
  }

  /** A table of the lake, e.g. {@code silver.activity} under {@code s3://bucket/lake}. */
  public static LineageDataset table(String lake, String table) {
    return location(lake.replaceAll("/+$", "") + "/" + table.replace('.', '/'));
  }

  /** A Kafka topic; {@code brokers} may list several, the first names the cluster. */
  public static LineageDataset topic(String brokers, String topic) {
    return new LineageDataset("kafka://" + brokers.split(",")[0].strip(), topic);
  }

  /** A file or directory, by path or URI. */
  public static LineageDataset location(String pathOrUri) {
    if (pathOrUri.matches("[a-zA-Z][a-zA-Z0-9+.-]+:.*") && !pathOrUri.startsWith("file:")) {
      URI uri = URI.create(pathOrUri);
      return new LineageDataset(uri.getScheme() + "://" + uri.getAuthority(), strip(uri.getPath()));
    }
    String path = pathOrUri.startsWith("file:") ? URI.create(pathOrUri).getPath() : pathOrUri;
    return new LineageDataset("file", Path.of(path).toAbsolutePath().normalize().toString());
  }

  private static String strip(String path) {
    return path == null ? "/" : path.replaceAll("^/+", "");
  }
}
