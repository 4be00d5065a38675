package dev.tributary.pipelines.demo;

import dev.tributary.pipelines.lake.Lake;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Where a demo keeps its things: {@code broker} (Kafka's data), {@code schemas} and {@code
 * plan.yaml} (the user's to read and change), {@code shop.properties} (what shop the topic holds).
 *
 * @param directory of the demo
 * @param lake where the events land
 */
public record DemoHome(Path directory, Lake lake) {
  /** The version that orders gain half-way. */
  static final String NEW_VERSION = "dev.tributary.shop/order_completed/jsonschema/1-0-1";

  private static final String SCHEMAS = "/schemas";
  private static final String PLAN = "/plans/shop.yaml";

  public DemoHome {
    Objects.requireNonNull(directory, "directory");
    Objects.requireNonNull(lake, "lake");
  }

  /** A demo whose lake lies in its own directory. */
  public static DemoHome at(Path directory) {
    return new DemoHome(directory, Lake.at(directory.resolve("lake")));
  }

  Path brokerData() {
    return directory.resolve("broker");
  }

  Path schemas() {
    return directory.resolve("schemas");
  }

  Path plan() {
    return directory.resolve("plan.yaml");
  }

  /** Where {@code --size auto} looks, for a lake on this machine. */
  Path predictor() {
    return lake.localDirectory().orElse(directory).resolve("_predictor");
  }

  Path shop() {
    return directory.resolve("shop.properties");
  }

  /** Puts the schemas and the tracking plan there, but for the version to come; keeps what is. */
  void prepare() throws IOException {
    Files.createDirectories(schemas());
    if (!Files.exists(plan())) {
      place(resource(PLAN), plan());
    }
    withResource(
        SCHEMAS,
        root -> {
          for (Path file : files(root)) {
            String name = root.relativize(file).toString().replace('\\', '/');
            if (!name.equals(NEW_VERSION) && !Files.exists(schemas().resolve(name))) {
              place(file.toUri().toURL(), schemas().resolve(name));
            }
          }
        });
  }

  boolean hasNewVersion() {
    return Files.exists(schemas().resolve(NEW_VERSION));
  }

  /** Places the new version, at once and whole: a stream may be reading the directory. */
  void placeNewVersion() throws IOException {
    place(resource(SCHEMAS + "/" + NEW_VERSION), schemas().resolve(NEW_VERSION));
  }

  private void place(URL source, Path target) throws IOException {
    Path whole = Files.createTempFile(directory, "placing", null);
    try (var in = source.openStream()) {
      Files.copy(in, whole, StandardCopyOption.REPLACE_EXISTING);
    }
    Files.createDirectories(target.getParent());
    Files.move(whole, target, StandardCopyOption.ATOMIC_MOVE);
  }

  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private static final String BEHAVIOUR =
      """

      # The demo's own: devices that never log in, by what they do.
      behaviour:
        devices:
          - table: silver.activity
            device: {anonymous_id: anonymous_id}
            where: ip IS NOT NULL
            login: user_id
            network: ip
          - table: silver.page_viewed
            device: {anonymous_id: anonymous_id}
            page: path
            agent: get_json_object(context, '$.userAgent')
          - table: silver.product_viewed
            device: {anonymous_id: anonymous_id}
            page: concat('/p/', product_id)
      """;

  private static URL resource(String name) {
    return Objects.requireNonNull(DemoHome.class.getResource(name), name);
  }

  /** A place as the user would type it from here. */
  static String shown(Path place) {
    Path here = Path.of("").toAbsolutePath();
    return place.startsWith(here) ? here.relativize(place).toString() : place.toString();
  }

  String shownLake() {
    return lake().localDirectory().map(DemoHome::shown).orElse(lake().toString());
  }

  /** The built-in rules of identity with what devices do as evidence; written once. */
  Path identityRules() throws IOException {
    Path file = directory.resolve("identity.yaml");
    if (!Files.exists(file)) {
      try (var in = resource("/identity/rules.yaml").openStream()) {
        String rules = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        Files.writeString(file, rules + BEHAVIOUR);
      }
    }
    return file;
  }

  private interface Use {
    void of(Path root) throws IOException;
  }

  /** A directory of the class path, in a jar or not. */
  private static void withResource(String name, Use use) throws IOException {
    try {
      URI uri = resource(name).toURI();
      if (uri.getScheme().equals("jar")) {
        try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
          use.of(jar.getPath(name));
        }
      } else {
        use.of(Path.of(uri));
      }
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the class path has no URI for " + name, e);
    }
  }
}
