package dev.tributary.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher in a project of its own, whose Maven and Java are scripts that tell what they got.
 */
class LauncherTest {
  private static final Path ROOT = projectRoot();

  /** More than any system gives a process. */
  private static final String NOBODY = "99999999";

  @TempDir Path directory;

  private Path project;
  private Path javaHome;

  @BeforeEach
  void makeProject() throws IOException {
    project = directory.resolve("a project");
    javaHome = directory.resolve("a jdk");
    for (String module : List.of("pipelines", "lakehouse-schemas")) {
      Files.createDirectories(project.resolve(module).resolve("src/main/java"));
      Files.writeString(project.resolve(module).resolve("pom.xml"), "<project/>");
    }
    Files.writeString(project.resolve("pom.xml"), "<project/>");
    Files.copy(ROOT.resolve("tributary"), project.resolve("tributary"));
    script(project.resolve("tributary"), Files.readString(ROOT.resolve("tributary")));
    script(
        project.resolve("mvnw"),
        """
        #!/bin/sh
        echo built >>builds
        sleep 1
        mkdir -p pipelines/target
        echo one.jar:two.jar >pipelines/target/classpath
        : >pipelines/target/tributary-pipelines-1.jar
        """);
    javaOfVersion("17.0.9");
  }

  @Test
  void buildsOnceThenStartsJavaFromAnyPlaceAndThroughALink() throws Exception {
    Path link = Files.createSymbolicLink(directory.resolve("link"), project.resolve("tributary"));
    Ended first = launch(link, Map.of(), "run", "a job", "key=a  b");
    Ended second = launch(project.resolve("tributary"), Map.of());

    assertThat(first.code()).as(first.text()).isZero();
    assertThat(first.text()).contains("Building Tributary");
    assertThat(second.text()).doesNotContain("Building Tributary");
    assertThat(builds()).isEqualTo(1);
    assertThat(first.text())
        .contains(
            "\n-cp\n"
                + project.toRealPath()
                + "/pipelines/target/tributary-pipelines-1.jar:one.jar:two.jar\n")
        .contains("\ndev.tributary.pipelines.Main\nrun\na job\nkey=a  b\n");
  }

  @Test
  void buildsAgainWhenASourceChanged() throws Exception {
    launch(project.resolve("tributary"), Map.of());
    for (String source : List.of("pom.xml", "pipelines", "lakehouse-schemas")) {
      makeOld(project.resolve(source), Duration.ofHours(2));
    }
    makeOld(project.resolve("pipelines/target"), Duration.ofHours(1));
    launch(project.resolve("tributary"), Map.of());
    assertThat(builds()).isEqualTo(1);
    Files.writeString(project.resolve("pipelines/src/main/java/New.java"), "class New {}");
    launch(project.resolve("tributary"), Map.of());
    launch(project.resolve("tributary"), Map.of());
    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void twoThatStartAtOnceBuildOnce() throws Exception {
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      processes.add(start(project.resolve("tributary"), Map.of()));
    }
    for (Process process : processes) {
      process.getInputStream().readAllBytes();
      assertThat(process.waitFor()).isZero();
    }
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void takesOverTheLockOfABuildThatWasKilled() throws Exception {
    Path locks = Files.createDirectories(project.resolve(".tributary"));
    Path lock = Files.createSymbolicLink(locks.resolve("builder"), Path.of(NOBODY));
    assertThat(launch(project.resolve("tributary"), Map.of()).code()).isZero();
    assertThat(builds()).isEqualTo(1);
    assertThat(lock).doesNotExist();
  }

  @Test
  void leavesAloneTheLockOfABuildThatGoesOn() throws Exception {
    Path locks = Files.createDirectories(project.resolve(".tributary"));
    String ours = Long.toString(ProcessHandle.current().pid());
    Path lock = Files.createSymbolicLink(locks.resolve("builder"), Path.of(ours));
    Process waiting = start(project.resolve("tributary"), Map.of());
    try (BufferedReader out = waiting.inputReader()) {
      assertThat(out.readLine()).contains("process (" + ours + ") is building");
      assertThat(Files.readSymbolicLink(lock)).hasToString(ours);
      assertThat(project.resolve("builds")).doesNotExist();
      Files.delete(lock);
      out.lines().forEach(line -> {});
    }
    assertThat(waiting.waitFor()).isZero();
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void aFailedBuildStartsNothing() throws Exception {
    script(project.resolve("mvnw"), "#!/bin/sh\necho 'no such symbol'\nexit 1\n");
    Ended ended = launch(project.resolve("tributary"), Map.of());
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.text()).contains("no such symbol").contains("error: the build failed");
    assertThat(project.resolve(".tributary/builder")).doesNotExist();
  }

  @Test
  void passesHeapAndOptions() throws Exception {
    Ended ended =
        launch(
            project.resolve("tributary"),
            Map.of("TRIBUTARY_HEAP", "3g", "TRIBUTARY_JAVA_OPTS", "-Da=1 -Db=2"),
            "--debug");
    assertThat(ended.text())
        .contains("\n-Xmx3g\n", "\n-Da=1\n-Db=2\n", "\n-Dtributary.console.level=WARN\n");
  }

  @Test
  void opensTheSameModulesAsTheBuild() throws Exception {
    Matcher flags =
        Pattern.compile("<jvm.opens>(.*?)</jvm.opens>", Pattern.DOTALL)
            .matcher(Files.readString(ROOT.resolve("pom.xml")));
    assertThat(flags.find()).isTrue();
    assertThat(launch(project.resolve("tributary"), Map.of()).text().lines())
        .contains(flags.group(1).strip().split("\\s+"));
  }

  @Test
  void passesByAJavaThatIsTooOld() throws Exception {
    javaOfVersion("11.0.2");
    Ended ended =
        launch(
            project.resolve("tributary"),
            Map.of("PATH", javaHome.resolve("bin") + ":/usr/bin:/bin"));
    // Another Java may be in one of the usual places; it does not know the main class.
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.text())
        .satisfiesAnyOf(
            text -> assertThat(text).contains("no Java 17 to 23 was found", "(version 11)"),
            text -> assertThat(text).contains("ClassNotFoundException: dev.tributary"));
  }

  private static void makeOld(Path place, Duration age) throws IOException {
    FileTime time = FileTime.from(Instant.now().minus(age));
    try (Stream<Path> files = Files.walk(place)) {
      for (Path file : files.toList()) {
        Files.setLastModifiedTime(file, time);
      }
    }
  }

  private record Ended(int code, String text) {}

  private Ended launch(Path launcher, Map<String, String> environment, String... arguments)
      throws Exception {
    Process process = start(launcher, environment, arguments);
    String text = new String(process.getInputStream().readAllBytes());
    return new Ended(process.waitFor(), text);
  }

  private Process start(Path launcher, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().put("JAVA_HOME", javaHome.toString());
    builder.environment().putAll(environment);
    return builder.redirectErrorStream(true).start();
  }

  private int builds() throws IOException {
    return Files.readAllLines(project.resolve("builds")).size();
  }

  private void javaOfVersion(String version) throws IOException {
    Files.createDirectories(javaHome.resolve("bin"));
    script(
        javaHome.resolve("bin/java"),
        """
        #!/bin/sh
        if [ "$1" = -version ]; then
          echo 'openjdk version "%s" 2023-10-17' >&2
        else
          for argument; do printf '%%s\\n' "$argument"; done
        fi
        """
            .formatted(version));
  }

  private static void script(Path file, String text) throws IOException {
    Files.writeString(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private static Path projectRoot() {
    Path place = Path.of("").toAbsolutePath();
    while (!Files.exists(place.resolve("tributary"))) {
      place = place.getParent();
    }
    return place;
  }
}
