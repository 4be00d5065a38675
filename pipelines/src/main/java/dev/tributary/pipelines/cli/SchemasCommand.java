package dev.tributary.pipelines.cli;

import dev.tributary.pipelines.job.ExitCode;
import dev.tributary.schemas.registry.EventSchema;
import dev.tributary.schemas.registry.LoadReport;
import dev.tributary.schemas.registry.Refusal;
import dev.tributary.schemas.registry.SchemaRegistry;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tributary schemas list|validate <directory>…}. */
@Command(
    name = "schemas",
    description = "List or check directories of event schemas.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "<command>")
final class SchemasCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(
      name = "list",
      description = "List the accepted schemas, a line a model with its versions.",
      mixinStandardHelpOptions = true)
  int list(@Parameters(arity = "1..*", paramLabel = "<directory>") Path... directories) {
    LoadReport report = SchemaRegistry.load(directories);
    TreeMap<String, TreeSet<String>> models =
        report.registry().all().stream()
            .collect(
                Collectors.groupingBy(
                    SchemasCommand::model,
                    TreeMap::new,
                    Collectors.mapping(
                        schema -> schema.key().version().toString(),
                        Collectors.toCollection(TreeSet::new))));
    List<List<String>> rows =
        models.entrySet().stream()
            .map(model -> List.of(model.getKey(), String.join(" ", model.getValue())))
            .toList();
    out().print(TextColumns.of(List.of("model", "versions"), rows));
    out().flush();
    return ExitCode.SUCCESS.code();
  }

  private static String model(EventSchema schema) {
    return schema.key().vendor() + "/" + schema.key().name() + " " + schema.key().version().model();
  }

  @Command(
      name = "validate",
      description = {
        "Check schemas and the labels of their versions; exit code 3 when one is refused.",
        "Each refusal is a line: file, place, reason, fix."
      },
      mixinStandardHelpOptions = true)
  int validate(@Parameters(arity = "1..*", paramLabel = "<directory>") Path... directories) {
    LoadReport report = SchemaRegistry.load(directories);
    report.refusals().stream().map(Refusal::describe).forEach(out()::println);
    out().flush();
    spec.commandLine()
        .getErr()
        .println(
            report.registry().all().size()
                + " schemas accepted, "
                + report.refusals().size()
                + " refused");
    return (report.refusals().isEmpty() ? ExitCode.SUCCESS : ExitCode.EXPECTATION_FAILED).code();
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
