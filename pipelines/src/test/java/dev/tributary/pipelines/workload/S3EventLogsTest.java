package dev.tributary.pipelines.workload;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStream;
import dev.tributary.pipelines.Main;
import dev.tributary.pipelines.cli.InProcessCommand;
import dev.tributary.pipelines.store.S3Server;
import dev.tributary.predictor.eventlog.EventLogGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Event logs on S3, read by the program in a process of its own, as they are on a disk. */
class S3EventLogsTest {
  @TempDir private Path directory;

  private record Ended(int code, String out, String err) {}

  @Test
  void logsOnS3GiveWhatTheyGiveOnADiskAndOnlyNewOnesAreReadAgain() throws Exception {
    Path logs = Files.createDirectory(directory.resolve("logs"));
    plain(logs, 1);
    packed(logs, 2);
    rolling(logs, 3);
    String bucket = S3Server.running().bucket("event-logs");
    upload(logs, bucket);

    Ended first = remote("--state", directory.resolve("s3").toString(), bucket + "/logs");
    assertThat(first.code()).as(first.err()).isZero();
    assertThat(first.out().replace(bucket + "/logs", logs.toString())).isEqualTo(local(logs));
    assertThat(first.err()).contains("3 applications from 3 logs");

    plain(logs, 4);
    upload(logs.resolve(new EventLogGenerator(1, 4, 2, 5, 1).id()), bucket + "/logs");
    Ended second = remote("--state", directory.resolve("s3").toString(), bucket + "/logs");
    assertThat(second.code()).as(second.err()).isZero();
    assertThat(second.err()).contains("1 applications from 4 logs");
  }

  @Test
  void aMissingBucketEndsTheCommandWithTheCodeOfWhatCannotBeReached() throws Exception {
    Ended ended = remote("s3a://no-such-bucket/logs");
    assertThat(ended.code()).isEqualTo(4);
    assertThat(ended.err())
        .contains("There is no bucket 'no-such-bucket'. ", " Fix: ")
        .doesNotContain(S3Server.running().settings().get("fs.s3a.secret.key"));
  }

  private static byte[] bytes(int application) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new EventLogGenerator(1, application, 2, 5, 1).write(bytes);
    return bytes.toByteArray();
  }

  private static String id(int application) {
    return new EventLogGenerator(1, application, 2, 5, 1).id();
  }

  private static void plain(Path logs, int application) throws IOException {
    Files.write(logs.resolve(id(application)), bytes(application));
  }

  private static void packed(Path logs, int application) throws IOException {
    try (OutputStream out =
        new ZstdOutputStream(Files.newOutputStream(logs.resolve(id(application) + ".zstd")))) {
      out.write(bytes(application));
    }
  }

  private static void rolling(Path logs, int application) throws IOException {
    String id = id(application);
    Path log = Files.createDirectory(logs.resolve("eventlog_v2_" + id));
    List<String> lines = new String(bytes(application), StandardCharsets.UTF_8).lines().toList();
    int half = lines.size() / 2;
    Files.createFile(log.resolve("appstatus_" + id));
    Files.write(log.resolve("events_1_" + id), lines.subList(0, half));
    Files.write(log.resolve("events_2_" + id), lines.subList(half, lines.size()));
  }

  private static void upload(Path from, String to) throws IOException {
    var target = new org.apache.hadoop.fs.Path(to);
    FileSystem store = target.getFileSystem(S3Server.running().hadoop());
    store.copyFromLocalFile(
        false,
        true,
        new org.apache.hadoop.fs.Path(from.toUri()),
        new org.apache.hadoop.fs.Path(target, from.getFileName().toString()));
  }

  private static String local(Path logs) {
    InProcessCommand.Ended ended =
        InProcessCommand.run("predictor", "read", "--json", logs.toString());
    assertThat(ended.code()).as(ended.err()).isZero();
    return ended.out();
  }

  /** {@code tributary predictor read --json …}, told of the store as TRIBUTARY_JAVA_OPTS would. */
  private Ended remote(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    for (Map.Entry<String, String> setting : S3Server.running().settings().entrySet()) {
      command.add("-Dspark.hadoop." + setting.getKey() + "=" + setting.getValue());
    }
    command.addAll(List.of(Main.class.getName(), "predictor", "read", "--json"));
    command.addAll(List.of(arguments));
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    int code = builder.start().waitFor();
    return new Ended(code, Files.readString(out), Files.readString(err));
  }
}
