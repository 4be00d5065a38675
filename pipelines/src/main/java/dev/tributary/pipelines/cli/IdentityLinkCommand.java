package dev.tributary.pipelines.cli;

import dev.tributary.pipelines.identity.link.LabelFile;
import dev.tributary.pipelines.identity.link.LinkErrors;
import dev.tributary.pipelines.identity.link.LinkInput;
import dev.tributary.pipelines.identity.link.LinkOutput;
import dev.tributary.pipelines.identity.matching.Labels;
import dev.tributary.pipelines.identity.matching.LinkConfig;
import dev.tributary.pipelines.identity.matching.Linkage;
import dev.tributary.pipelines.identity.matching.Linker;
import dev.tributary.pipelines.identity.matching.MatchingException;
import dev.tributary.pipelines.identity.matching.RecordSet;
import dev.tributary.pipelines.job.ExitCode;
import dev.tributary.schemas.yaml.YamlException;
import dev.tributary.schemas.yaml.YamlNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code tributary identity link}: records of any table to entities. */
@Command(
    name = "link",
    description = {
      "Link or deduplicate the records of CSV or Parquet files, learning from them without labels.",
      "Writes assignments.csv (record_id,cluster_id,confidence), links.csv, model.json and"
          + " model.html (the match weights); with several inputs record ids begin with the file's"
          + " name and ':'.",
      "The configuration is YAML, and all of it may be left out: id, source (columns), columns"
          + " (column: kind), ignore (columns), one-to-one (auto, true, false), min-confidence (0.5)."
    },
    mixinStandardHelpOptions = true)
final class IdentityLinkCommand implements Callable<Integer> {
  @ParentCommand private IdentityCommand parent;

  @Spec private CommandSpec spec;

  @Option(
      names = "--input",
      paramLabel = "FILE",
      required = true,
      arity = "1..*",
      description = "CSV files with a header, or Parquet files or directories")
  private List<Path> inputs = List.of();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "What the columns hold; without it everything is inferred")
  private Optional<Path> config = Optional.empty();

  @Mixin private ResultDirectory results;

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description = {
        "Pairs of which it is known whether they are one, to refine what is learned; never needed.",
        "CSV with a header: two record ids, and 1 or 0 in a third column if not all match"
      })
  private Optional<Path> labels = Optional.empty();

  @Mixin private Answer answer;

  @Override
  public Integer call() {
    long started = System.nanoTime();
    PrintWriter err = spec.commandLine().getErr();
    Linkage linkage;
    LinkOutput.check(results.path());
    try {
      LinkConfig told =
          config.map(file -> LinkConfig.of(YamlNode.read(file))).orElseGet(LinkConfig::inferred);
      RecordSet records =
          LinkInput.read(inputs, told, () -> parent.root().open("identity link"), err::println);
      Labels known = labels.map(file -> LabelFile.read(file, records)).orElseGet(Labels::none);
      linkage = Linker.link(records, told, known, err::println);
    } catch (MatchingException e) {
      throw LinkErrors.unusable(e);
    } catch (YamlException e) {
      throw LinkErrors.badConfig(e);
    } finally {
      RunCommand.stopSpark();
    }
    LinkOutput.write(linkage, results.path());
    double seconds = (System.nanoTime() - started) / 1e9;
    report(linkage, seconds, err);
    return ExitCode.SUCCESS.code();
  }

  private void report(Linkage linkage, double seconds, PrintWriter err) {
    linkage.kinds().forEach((column, kind) -> err.println("  " + column + ": " + kind));
    linkage.leftOut().forEach(sentence -> err.println("  not compared: " + sentence));
    err.printf(
        Locale.ROOT,
        "%,d records are %,d entities%s; %,d pairs compared; %.1f s; results in %s%n",
        linkage.records().size(),
        linkage.clusters().size(),
        linkage.oneToOne() ? ", each at most once in a source" : "",
        linkage.candidatePairs(),
        seconds,
        results.path());
    err.flush();
    answer.print(summary(linkage, seconds), out -> {});
  }

  private static Map<String, Object> summary(Linkage linkage, double seconds) {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("records", linkage.records().size());
    summary.put("entities", linkage.clusters().size());
    summary.put("candidate_pairs", linkage.candidatePairs());
    summary.put("links", linkage.links().size());
    summary.put("one_to_one", linkage.oneToOne());
    summary.put("columns", linkage.kinds());
    summary.put("not_compared", linkage.leftOut());
    summary.put("seconds", Math.round(seconds * 100) / 100.0);
    return summary;
  }
}
