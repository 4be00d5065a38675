package dev.tributary.pipelines.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.pipelines.demo.DemoHome;
import dev.tributary.pipelines.demo.DemoScreen;
import dev.tributary.pipelines.demo.RetailDemo;
import dev.tributary.pipelines.demo.ShopConfig;
import dev.tributary.pipelines.demo.ShopDemo;
import dev.tributary.pipelines.job.JobException;
import dev.tributary.pipelines.job.Progress;
import dev.tributary.pipelines.job.TerminalProgress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code tributary demo}: from nothing to answers in SQL, on this machine. */
@Command(
    name = "demo",
    description = {
      "Start a Kafka broker, send it a shop's events, land them, and ask the lake questions.",
      "A second run reuses what the first left."
    },
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParentCommand private Tributary root;

  @Spec private CommandSpec spec;

  @Option(
      names = "--directory",
      paramLabel = "DIR",
      defaultValue = ".tributary/demo",
      description = "Where broker, schemas and lake are kept. Default: ${DEFAULT-VALUE}")
  private Path directory;

  @Option(
      names = "--events",
      paramLabel = "N",
      defaultValue = "100000",
      description = "About so many events. Default: ${DEFAULT-VALUE}")
  private long events;

  @Option(
      names = "--retail",
      paramLabel = "DIR",
      description =
          "Replay the UCI Online Retail invoices (one CSV file a day) instead of the made-up shop")
  private Optional<Path> retail = Optional.empty();

  @Option(names = "--json", description = "Print one JSON object instead of text")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Progress progress = new TerminalProgress(System.err, Terminals.error());
    try {
      Map<String, Object> report = run(progress, new DemoScreen(System.out, width(), !json));
      print(report);
      return 0;
    } catch (JobException e) {
      if (!e.details().isEmpty()) {
        print(e.details());
      }
      throw e;
    } finally {
      RunCommand.stopSpark();
    }
  }

  private Map<String, Object> run(Progress progress, DemoScreen screen) throws Exception {
    return retail.isPresent()
        ? new RetailDemo(home(), retail.get(), progress, screen).run()
        : new ShopDemo(home(), ShopConfig.demo(events), progress, screen).run();
  }

  private DemoHome home() {
    return root.givenLake()
        .map(lake -> new DemoHome(directory, lake))
        .orElseGet(() -> DemoHome.at(directory));
  }

  private int width() throws IOException {
    return json ? 0 : Terminals.width();
  }

  private void print(Map<String, Object> report) throws IOException {
    if (json) {
      spec.commandLine().getOut().println(JSON.writeValueAsString(report));
      spec.commandLine().getOut().flush();
    }
  }
}
