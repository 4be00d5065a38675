package dev.tributary.pipelines.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Results on standard output, in words or, with {@code --json}, as one JSON object. */
final class Answer {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(names = "--json", description = "Print one JSON object on standard output")
  private boolean json;

  /** Prints the one or the other. */
  void print(Object object, Consumer<PrintWriter> words) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JSON.valueToTree(object).toString());
    } else {
      words.accept(out);
    }
    out.flush();
  }
}
