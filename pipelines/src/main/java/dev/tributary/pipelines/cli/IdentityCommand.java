package dev.tributary.pipelines.cli;

import dev.tributary.pipelines.identity.DecisionBook;
import dev.tributary.pipelines.identity.IdentityQueries;
import dev.tributary.pipelines.identity.graph.Decision;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code tributary identity explain|show|decide|unmerge}. */
@Command(
    name = "identity",
    description = {
      "Link records; ask why identifiers are one or not, look at a profile, decide, undo.",
      "An identifier is type:value, e.g. email:ada@example.com; a profile id may be an old one."
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "<command>",
    subcommands = {
      IdentityLinkCommand.class,
      IdentityEvaluateCommand.class,
      IdentityCommand.Explain.class,
      IdentityCommand.Show.class,
      IdentityCommand.Decide.class,
      IdentityCommand.Unmerge.class,
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

  /** What all of these are told. */
  abstract static class Query implements Callable<Integer> {
    @ParentCommand private IdentityCommand parent;

    @Mixin protected Answer answer;

    @Option(
        names = "--rules",
        paramLabel = "FILE",
        description = "The rules that the job was given. Default: the built-in ones")
    private Optional<Path> rules = Optional.empty();

    abstract void ask(IdentityQueries queries) throws Exception;

    @Override
    public Integer call() throws Exception {
      try (SparkSession spark = parent.root.open("tributary identity")) {
        ask(new IdentityQueries(spark, parent.root.lake().toString(), rules));
      }
      return 0;
    }
  }

  @Command(
      name = "explain",
      description = {
        "Tell why two identifiers are one, by which evidence, or why they are not.",
        "With an address, or what else persons share, it is told of the person's household.",
        "The path is the strongest there is; weight_bits is log2 of the odds of an edge."
      },
      mixinStandardHelpOptions = true)
  static final class Explain extends Query {
    @Parameters(index = "0", paramLabel = "<A>", description = "type:value or a profile id")
    private String one;

    @Parameters(index = "1", paramLabel = "<B>", description = "type:value or a profile id")
    private String other;

    @Option(
        names = "--picture",
        paramLabel = "FILE",
        description = "Draw the component to a file, .svg or .html")
    private Optional<Path> picture = Optional.empty();

    @Option(names = "--masked", description = "Mask values in the picture")
    private boolean masked;

    @Option(
        names = "--household",
        description = "Tell of two persons why they are of one household, or not")
    private boolean household;

    @Override
    void ask(IdentityQueries queries) throws Exception {
      boolean page = picture.map(file -> IdentityQueries.page(file.toString())).orElse(false);
      IdentityQueries.Explanation explanation =
          household ? queries.explainHousehold(one, other) : queries.explain(one, other);
      if (picture.isPresent()) {
        Files.writeString(picture.get(), explanation.picture(page, !masked));
      }
      answer.print(explanation.json(), out -> out.print(explanation.words()));
    }
  }

  @Command(
      name = "show",
      description = "Show a profile: members, the ids that lead to it, what happened to it.",
      mixinStandardHelpOptions = true)
  static final class Show extends Query {
    @Parameters(
        index = "0",
        paramLabel = "<ID>",
        description = "A profile id or type:value, or a household's id")
    private String id;

    @Override
    void ask(IdentityQueries queries) throws Exception {
      Map<String, Object> shown = queries.show(id);
      answer.print(shown, out -> words(shown, out));
    }

    private static void words(Map<String, Object> shown, PrintWriter out) {
      shown.forEach(
          (key, value) -> {
            if (value instanceof List<?> list) {
              out.println(key + (list.isEmpty() ? ": none" : ":"));
              list.forEach(item -> out.println("  " + line(item)));
            } else {
              out.println(key + ": " + value);
            }
          });
    }

    private static String line(Object item) {
      return item instanceof Map<?, ?> change
          ? "%s %s %s -> %s (%s): %s"
              .formatted(
                  change.get("at"),
                  change.get("kind"),
                  change.get("from"),
                  change.get("to"),
                  change.get("identifiers"),
                  change.get("cause"))
          : String.valueOf(item);
    }
  }

  /** Who decides, and why. */
  abstract static class Ruling extends Query {
    @Option(names = "--author", required = true, paramLabel = "NAME", description = "Who decides")
    protected String author;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why")
    protected String reason;
  }

  @Command(
      name = "decide",
      description = {
        "Decide that two identifiers are one (must-link) or are not (cannot-link).",
        "With an address, or what else persons share, it is decided of the person's household.",
        "The decision is a fact in identity.decisions; the next run of the job heeds it."
      },
      mixinStandardHelpOptions = true)
  static final class Decide extends Ruling {
    /** As the command line spells them. */
    enum Verdict {
      MUST_LINK("must-link"),
      CANNOT_LINK("cannot-link");

      private final String text;

      Verdict(String text) {
        this.text = text;
      }

      @Override
      public String toString() {
        return text;
      }
    }

    @Parameters(index = "0", paramLabel = "<verdict>", description = "${COMPLETION-CANDIDATES}")
    private Verdict verdict;

    @Parameters(index = "1", paramLabel = "<A>", description = "type:value or a profile id")
    private String one;

    @Parameters(index = "2", paramLabel = "<B>", description = "type:value or a profile id")
    private String other;

    @Option(
        names = "--household",
        description = "Decide of two persons whether they are of one household, not whether one")
    private boolean household;

    @Override
    void ask(IdentityQueries queries) throws Exception {
      Decision.Kind kind = Decision.Kind.valueOf(verdict.name());
      DecisionBook book = queries.decisions();
      Map<String, Object> written =
          household
              ? book.decideOfHousehold(kind, one, other, author, reason, Instant.now())
              : book.decide(kind, one, other, author, reason, Instant.now());
      answer.print(
          written,
          out ->
              out.printf(
                  "%s %s and %s; './tributary run identity' heeds it%n",
                  verdict, written.get("left"), written.get("right")));
    }
  }

  @Command(
      name = "unmerge",
      description = {
        "Take identifiers out of a profile: cannot-links between them and what stays.",
        "The next run of the job splits it; the ids are those from before the merge."
      },
      mixinStandardHelpOptions = true)
  static final class Unmerge extends Ruling {
    @Parameters(index = "0", paramLabel = "<PROFILE>", description = "A profile id")
    private String profile;

    @Parameters(
        index = "1..*",
        arity = "1..*",
        paramLabel = "<IDENTIFIER>",
        description = "Members that leave, as type:value")
    private List<String> identifiers = List.of();

    @Override
    void ask(IdentityQueries queries) throws Exception {
      List<Map<String, Object>> written =
          queries.decisions().unmerge(profile, identifiers, author, reason, Instant.now());
      answer.print(
          Map.of("decisions", written),
          out ->
              out.printf(
                  "%d cannot-links; './tributary run identity' heeds them%n", written.size()));
    }
  }
}
