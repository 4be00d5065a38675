package dev.tributary.pipelines.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code tributary identity <verb>}: each verb is a command of its own. */
@Command(
    name = "identity",
    description = "Link records and identifiers, also without exchanging values.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "<command>",
    subcommands = {
      IdentityLinkCommand.class,
      IdentityEvaluateCommand.class,
      IdentityKeygenCommand.class,
      IdentityEncodeCommand.class,
      IdentityLinkPrivateCommand.class,
      IdentityPsiCommand.class
    })
final class IdentityCommand implements Runnable {
  @ParentCommand private Tributary root;

  @Spec private CommandSpec spec;

  Tributary root() {
    return root;
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
