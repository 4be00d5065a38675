package dev.tributary.predictor.service.http;

import static dev.tributary.predictor.service.http.Caller.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.predictor.cli.Main;
import dev.tributary.predictor.service.Jobs;
import dev.tributary.predictor.service.RunJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledServiceTest {
  @TempDir Path data;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void stopAll() throws InterruptedException {
    for (Process process : started) {
      process.destroyForcibly().waitFor();
    }
  }

  private Process start(String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "predictor",
                "serve",
                "--port",
                "0",
                "--data",
                data.toString()));
    command.addAll(List.of(more));
    Process process = new ProcessBuilder(command).start();
    started.add(process);
    return process;
  }

  private Caller listening(Process process) throws IOException {
    BufferedReader out = process.inputReader();
    JsonNode line = RunJson.MAPPER.readTree(out.readLine());
    return new Caller(line.path("url").asText(), Files.readString(data.resolve("token")).strip());
  }

  @Test
  void whatWasAnsweredIsThereAfterAKillAndNothingIsHalfStored() throws Exception {
    Process service = start();
    Caller caller = listening(service);
    String token = caller.token();
    caller.post("/v1/runs", Jobs.runs("job", "past", 10, 1));

    Process second = start();
    assertThat(second.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(second.exitValue()).isEqualTo(4);
    assertThat(new String(second.getErrorStream().readAllBytes()))
        .contains("in use by another process", caller.url());

    List<String> answered = new ArrayList<>();
    Thread writer = new Thread(() -> writeUntilItFails(caller, answered));
    writer.start();
    while (size(answered) < 40) {
      assertThat(writer.isAlive()).as("the service takes what is written").isTrue();
      Thread.sleep(5);
    }
    service.destroyForcibly().waitFor();
    writer.join();

    Caller again = listening(start());
    assertThat(again.token()).isEqualTo(token);
    List<String> stored =
        json(again.get("/v1/predictions?job=job&state=open&limit=1000")).findValuesAsText("run_id");
    assertThat(stored).containsAll(answered);
    assertThat(stored.size() - answered.size()).isLessThanOrEqualTo(1);
    List<String> runs = json(again.get("/v1/runs?job=job&limit=1000")).findValuesAsText("id");
    assertThat(runs.stream().filter(id -> id.startsWith("pair")).count() % 2)
        .as("runs of one request are all there or none")
        .isZero();
    HttpResponse<String> repeated =
        again.post("/v1/recommend", Jobs.ask("job", answered.get(0), 12));
    assertThat(repeated.statusCode()).isEqualTo(200);
  }

  private static int size(List<String> answered) {
    synchronized (answered) {
      return answered.size();
    }
  }

  private static void writeUntilItFails(Caller caller, List<String> answered) {
    try {
      for (int i = 0; ; i++) {
        String id = "asked" + i;
        if (caller.post("/v1/recommend", Jobs.ask("job", id, 12)).statusCode() != 200) {
          return;
        }
        synchronized (answered) {
          answered.add(id);
        }
        caller.post("/v1/runs", Jobs.runs("job", "pair" + i + "-", 2, i));
      }
    } catch (IOException theServiceWasKilled) {
      // What this test is about.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
