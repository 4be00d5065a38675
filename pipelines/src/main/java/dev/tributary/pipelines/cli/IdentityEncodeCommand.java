package dev.tributary.pipelines.cli;

import dev.tributary.pipelines.identity.privacy.PrivateLinkage;
import dev.tributary.pipelines.job.ExitCode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tributary identity encode}: a table in a form that can be linked but not read. */
@Command(
    name = "encode",
    description = {
      "Encode a table for private linkage: keyed, hardened Bloom filters instead of values.",
      "Both partners must use the same key and the same configuration."
    },
    mixinStandardHelpOptions = true)
final class IdentityEncodeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = {
        "YAML: id, fields (column: kind | ignore | {kind, column}), blocking, hardening,",
        "max_block. Kinds: name, text, date, identifier, code, category.",
        "What it leaves out, or all without it, is inferred from the columns."
      })
  private Optional<Path> config = Optional.empty();

  @Option(
      names = "--save-config",
      paramLabel = "FILE",
      description = "Write the whole configuration, for the partner's --config")
  private Optional<Path> saveConfig = Optional.empty();

  @Option(
      names = "--input",
      paramLabel = "CSV",
      required = true,
      description = "The table, with a header line")
  private Path input;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      required = true,
      description = "The key of 'identity keygen'")
  private Path key;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      required = true,
      description = "The encoded table, for who links")
  private Path output;

  @Override
  public Integer call() {
    PrivateLinkage.Encoded encoded = PrivateLinkage.encode(input, config, key, output, saveConfig);
    PrintWriter err = spec.commandLine().getErr();
    encoded.config().fields().forEach(f -> err.println("  " + f.name() + ": " + f.kind()));
    encoded
        .config()
        .ignored()
        .forEach((column, why) -> err.println("  " + column + ": left out, " + why));
    err.println(
        encoded.records()
            + " records encoded in "
            + output
            + ", "
            + encoded.blocked()
            + " of them with a blocking key; key "
            + encoded.keyId());
    return ExitCode.SUCCESS.code();
  }
}
