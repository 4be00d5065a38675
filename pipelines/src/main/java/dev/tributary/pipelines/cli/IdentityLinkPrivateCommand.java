package dev.tributary.pipelines.cli;

import dev.tributary.pipelines.identity.privacy.Linkage;
import dev.tributary.pipelines.identity.privacy.PrivateLinkage;
import dev.tributary.pipelines.job.ExitCode;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tributary identity link-private}: links encoded tables without key or plain text. */
@Command(
    name = "link-private",
    description = {
      "Link two encoded tables one-to-one, or find the duplicates within one; needs no key.",
      "Writes assignments.csv (record_id,cluster_id,confidence) and links.csv",
      "(left_id,right_id,confidence); with two tables ids begin with the file's name and ':'."
    },
    mixinStandardHelpOptions = true)
final class IdentityLinkPrivateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--left",
      paramLabel = "FILE",
      required = true,
      description = "A table of 'identity encode'")
  private Path left;

  @Option(
      names = "--right",
      paramLabel = "FILE",
      description = "The partner's; without it, the duplicates of the left are found")
  private Optional<Path> right = Optional.empty();

  @Mixin private ResultDirectory results;

  @Override
  public Integer call() {
    Linkage linkage = PrivateLinkage.link(left, right, results.path());
    spec.commandLine()
        .getErr()
        .println(
            String.format(
                Locale.ROOT,
                "%d links of %d candidate pairs in %s; expected F1 %.3f, no labels were used.",
                linkage.links().size(),
                linkage.candidatePairs(),
                results.path(),
                linkage.expectedF1()));
    return ExitCode.SUCCESS.code();
  }
}
