package dev.tributary.predictor.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.predictor.PredictorException;
import dev.tributary.predictor.service.PredictorApi;
import dev.tributary.predictor.service.Refusal;
import dev.tributary.predictor.service.RunJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** The store that the service and the commands without HTTP work on. */
final class StoreOptions {
  private static final Duration WAIT = Duration.ofSeconds(10);

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = ".tributary/predictor",
      description = "The store, on a local disk. Default: ${DEFAULT-VALUE}")
  private Path data;

  @Option(
      names = "--prices",
      paramLabel = "FILE",
      description = "YAML, JSON or CSV over the shipped prices")
  private Path prices;

  Path data() {
    return data;
  }

  Optional<Path> prices() {
    return Optional.ofNullable(prices);
  }

  /** Opens the store for one question; a refusal becomes a wrong command line. */
  JsonNode ask(Function<PredictorApi, JsonNode> question) {
    return ask(data, prices(), question);
  }

  /**
   * The same of a store that must be there already.
   *
   * @throws PredictorException (usage) where there is none
   */
  JsonNode askKnown(Function<PredictorApi, JsonNode> question) {
    if (!PredictorApi.isStore(data)) {
      throw PredictorException.usage(
          "There is no store in " + data,
          "it has no file %s".formatted(PredictorApi.STORE_FILE),
          "name the --data of 'predictor serve' or of 'predictor feedback --runs', which make one");
    }
    return ask(question);
  }

  /** The same of any store. */
  static <T> T ask(Path data, Optional<Path> prices, Function<PredictorApi, T> question) {
    try (PredictorApi api = PredictorApi.open(data, prices, "a command", WAIT)) {
      return question.apply(api);
    } catch (Refusal refusal) {
      throw PredictorException.usage(
          refusal.kind().title(),
          refusal.pointer().map(at -> "At " + at + ": ").orElse("") + refusal.getMessage(),
          null);
    }
  }

  /** The JSON in a file, or on standard input for "-". */
  static JsonNode read(String file) {
    try {
      String text =
          file.equals("-")
              ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
              : Files.readString(Path.of(file));
      return RunJson.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new PredictorException(
          PredictorException.Kind.USAGE,
          "What is in " + file + " is not JSON",
          e.getOriginalMessage(),
          "write one object as in /openapi.json",
          e);
    } catch (IOException e) {
      throw new PredictorException(
          PredictorException.Kind.USAGE, file + " cannot be read", e.toString(), null, e);
    }
  }
}
