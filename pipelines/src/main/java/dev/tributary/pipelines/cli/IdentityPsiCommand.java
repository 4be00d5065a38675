package dev.tributary.pipelines.cli;

import dev.tributary.pipelines.identity.privacy.psi.IdentifierKind;
import dev.tributary.pipelines.identity.privacy.psi.PsiInput;
import dev.tributary.pipelines.identity.privacy.psi.SetIntersection;
import dev.tributary.pipelines.job.ExitCode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tributary identity psi request|answer|finish}: which identifiers two parties share. */
@Command(
    name = "psi",
    description = {
      "Private set intersection of e-mail addresses or phone numbers, by two files:",
      "A makes a request, B answers it, A finishes and learns which of its identifiers B has.",
      "B learns how many A has, and nothing else. Neither party's other identifiers are revealed,",
      "as long as both follow the protocol (semi-honest model)."
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "<command>")
final class IdentityPsiCommand implements Runnable {
  @Spec private CommandSpec spec;

  /** The table whose identifiers a party puts in. */
  static final class Table {
    @Option(
        names = "--input",
        paramLabel = "CSV",
        required = true,
        description = "This party's table, with a header line")
    private Path input;

    @Option(
        names = "--column",
        paramLabel = "NAME",
        required = true,
        description = "The column that holds the identifiers")
    private String column;
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(
      name = "request",
      description = "Step 1, by A: blind A's identifiers.",
      mixinStandardHelpOptions = true)
  int request(
      @ArgGroup(exclusive = false, multiplicity = "1") Table table,
      @Option(
              names = "--kind",
              paramLabel = "KIND",
              defaultValue = "EXACT",
              description = "How to bring identifiers into one form: EMAIL, PHONE, EXACT (default)")
          IdentifierKind kind,
      @Option(
              names = "--secret",
              paramLabel = "FILE",
              required = true,
              description = "A new file for what only A may know until 'finish' (mode 0600)")
          Path secret,
      @Option(
              names = "--output",
              paramLabel = "FILE",
              required = true,
              description = "The request, for B")
          Path output) {
    int asked =
        SetIntersection.request(PsiInput.read(table.input, table.column), kind, secret, output);
    err().println(asked + " different identifiers blinded in " + output + ", for the other party.");
    return ExitCode.SUCCESS.code();
  }

  @Command(
      name = "answer",
      description = "Step 2, by B: blind A's elements again, and B's identifiers.",
      mixinStandardHelpOptions = true)
  int answer(
      @ArgGroup(exclusive = false, multiplicity = "1") Table table,
      @Option(
              names = "--request",
              paramLabel = "FILE",
              required = true,
              description = "The request of A")
          Path request,
      @Option(names = "--size-only", description = "Let A learn only how many are common")
          boolean sizeOnly,
      @Option(
              names = "--output",
              paramLabel = "FILE",
              required = true,
              description = "The answer, for A")
          Path output) {
    int own =
        SetIntersection.answer(request, PsiInput.read(table.input, table.column), sizeOnly, output);
    err().println(own + " different identifiers blinded in " + output + ", for the other party.");
    return ExitCode.SUCCESS.code();
  }

  @Command(
      name = "finish",
      description = {
        "Step 3, by A: print how many identifiers are common, as JSON; with --output write them."
      },
      mixinStandardHelpOptions = true)
  int finish(
      @ArgGroup(exclusive = false, multiplicity = "1") Table table,
      @Option(
              names = "--secret",
              paramLabel = "FILE",
              required = true,
              description = "The secret of A's request")
          Path secret,
      @Option(
              names = "--answer",
              paramLabel = "FILE",
              required = true,
              description = "The answer of B")
          Path answer,
      @Option(
              names = "--output",
              paramLabel = "CSV",
              description = "The common identifiers, in normal form, one a line")
          Optional<Path> output) {
    SetIntersection.Result result =
        SetIntersection.finish(answer, secret, PsiInput.read(table.input, table.column));
    if (result.sizeOnly() && output.isPresent()) {
      err().println("The other party reveals the size only; " + output.get() + " is not written.");
    } else {
      output.ifPresent(file -> PsiInput.write(file, table.column, result.common()));
    }
    spec.commandLine()
        .getOut()
        .println(
            "{\"common\":"
                + result.size()
                + ",\"own\":"
                + result.own()
                + ",\"theirs\":"
                + result.theirs()
                + ",\"sizeOnly\":"
                + result.sizeOnly()
                + "}");
    return ExitCode.SUCCESS.code();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
