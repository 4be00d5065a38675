package dev.tributary.pipelines.cli;

import dev.tributary.pipelines.identity.privacy.LinkageKey;
import dev.tributary.pipelines.job.ExitCode;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tributary identity keygen}: a key for private linkage, or the fingerprint of one. */
@Command(
    name = "keygen",
    description = {
      "Make the key that two partners share to encode their records; prints its fingerprint.",
      "Hand the file to the partner over a safe channel, and to nobody who links."
    },
    mixinStandardHelpOptions = true)
final class IdentityKeygenCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      required = true,
      description = "A new file, made readable by its owner only")
  private Path output;

  @Override
  public Integer call() {
    LinkageKey key = LinkageKey.generate();
    key.write(output);
    spec.commandLine().getOut().println(key.fingerprint());
    spec.commandLine().getErr().println("The key is in " + output + "; above is its fingerprint.");
    return ExitCode.SUCCESS.code();
  }
}
