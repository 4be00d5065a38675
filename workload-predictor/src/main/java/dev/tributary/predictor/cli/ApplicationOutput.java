package dev.tributary.predictor.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.predictor.eventlog.LogCounts;
import dev.tributary.predictor.eventlog.LogName;
import dev.tributary.predictor.feature.ApplicationBuilder;
import dev.tributary.predictor.feature.ApplicationRecord;
import dev.tributary.predictor.feature.ApplicationSummary;
import dev.tributary.predictor.feature.ReadReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;

/** Prints applications as they come: a table for people, CSV, or one JSON object. */
abstract class ApplicationOutput {
  /** Prints one application. */
  abstract void accept(ApplicationRecord application);

  /** Prints what closes the output. */
  abstract void close(ReadReport report) throws IOException;

  /** Ends the output after an error, so that what was printed is not half of something. */
  void breakOff(RuntimeException error) throws IOException {}

  static ApplicationOutput to(PrintWriter out, boolean json, boolean csv) throws IOException {
    if (json) {
      return new Json(out);
    }
    return csv ? new Csv(out) : new Table(out);
  }

  /** The fields of an application, in the order of columns; absent ones are null. */
  private static Map<String, Object> fields(ApplicationRecord application) {
    ApplicationSummary summary = application.summary();
    LogCounts counts = application.counts();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", summary.key());
    fields.put("application", summary.id());
    fields.put("attempt", summary.attempt().orElse(null));
    fields.put("name", summary.name());
    fields.put("job", summary.job());
    fields.put("plan_signature", summary.planSignature().orElse(null));
    fields.put("spark_version", summary.sparkVersion().orElse(null));
    fields.put("started", summary.started().map(Object::toString).orElse(null));
    fields.put("runtime_s", summary.runtime().toMillis() / 1000.0);
    fields.put("outcome", summary.outcome().name().toLowerCase(Locale.ROOT));
    fields.put("explanation", summary.explanation());
    fields.put("machine_type", summary.cluster().machineType());
    fields.put("workers", summary.cluster().workers());
    fields.put("cores_per_worker", summary.cluster().coresPerWorker());
    fields.put("memory_mb_per_worker", summary.cluster().memoryMbPerWorker());
    fields.put("peak_memory_mb", value(summary.peakMemoryMb()));
    fields.put("cpu_utilisation", value(summary.cpuUtilisation()));
    fields.put("path", application.log().location());
    fields.put("in_progress", application.log().name().inProgress());
    fields.put("incomplete", application.log().incomplete());
    fields.put("lines", counts.lines());
    fields.put("task_ends", counts.taskEnds());
    fields.put("stages_completed", counts.stagesCompleted());
    fields.put("unparsed", counts.unparsed());
    fields.put("oversized", counts.oversized());
    fields.put("bytes", counts.bytes());
    fields.put("damage", counts.damage().orElse(null));
    return fields;
  }

  private static Double value(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  private static final class Table extends ApplicationOutput {
    private static final String ROW = "%-40s  %-36s  %-13s  %11s  %10s  %10s  %12s  %12s%n";
    private final PrintWriter out;
    private boolean begun;

    Table(PrintWriter out) {
      this.out = out;
    }

    @Override
    void accept(ApplicationRecord application) {
      if (!begun) {
        out.printf(
            ROW,
            "APPLICATION",
            "JOB",
            "OUTCOME",
            "SECONDS",
            "CLUSTER",
            "TASKS",
            "INPUT MB",
            "PEAK MB");
        begun = true;
      }
      ApplicationSummary summary = application.summary();
      out.printf(
          ROW,
          summary.key(),
          summary.job(),
          summary.outcome().name().toLowerCase(Locale.ROOT),
          "%,.1f".formatted(summary.runtime().toMillis() / 1000.0),
          summary.cluster().workers() + "x" + summary.cluster().coresPerWorker(),
          "%,d".formatted(application.counts().taskEnds()),
          "%,.1f".formatted(summary.features().get("input_bytes") / 1e6),
          summary.peakMemoryMb().isPresent()
              ? "%,.0f".formatted(summary.peakMemoryMb().getAsDouble())
              : "-");
    }

    @Override
    void close(ReadReport report) {
      out.flush();
    }
  }

  private static final class Csv extends ApplicationOutput {
    private static final List<String> SOMETIMES =
        List.of(
            "driver_peak_mb",
            "hour_utc",
            "peak_heap_mb",
            "peak_off_heap_mb",
            "peak_overhead_mb",
            "peak_resident_mb",
            "weekday");
    private final PrintWriter out;
    private final TreeSet<String> features = new TreeSet<>(SOMETIMES);
    private boolean begun;

    Csv(PrintWriter out) {
      this.out = out;
      LogName nobody = new LogName("", Optional.empty(), false);
      features.addAll(new ApplicationBuilder(nobody).summary().features().keySet());
    }

    @Override
    void accept(ApplicationRecord application) {
      Map<String, Object> fields = fields(application);
      if (!begun) {
        List<String> header = new ArrayList<>(fields.keySet());
        header.addAll(features);
        out.println(OutputFile.csv(header));
        begun = true;
      }
      features.forEach(
          name -> fields.put("feature " + name, application.summary().features().get(name)));
      out.println(OutputFile.csv(new ArrayList<>(fields.values())));
    }

    @Override
    void close(ReadReport report) {
      out.flush();
    }
  }

  private static final class Json extends ApplicationOutput {
    private final PrintWriter out;
    private final JsonGenerator generator;
    private boolean begun;

    Json(PrintWriter out) throws IOException {
      this.out = out;
      generator = new JsonFactory().setCodec(new ObjectMapper()).createGenerator(out);
      generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    }

    private void begin() throws IOException {
      if (!begun) {
        begun = true;
        generator.writeStartObject();
        generator.writeArrayFieldStart("applications");
      }
    }

    private void end() throws IOException {
      generator.writeEndObject();
      generator.flush();
      out.println();
      out.flush();
    }

    @Override
    void breakOff(RuntimeException error) throws IOException {
      if (begun) {
        generator.writeEndArray();
        generator.writeStringField("error", String.valueOf(error.getMessage()));
        end();
      }
    }

    @Override
    void accept(ApplicationRecord application) {
      Map<String, Object> fields = fields(application);
      fields.put("features", new TreeMap<>(application.summary().features()));
      try {
        begin();
        generator.writeObject(fields);
        generator.flush(); // who asks whether it could be written must not ask too early
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    void close(ReadReport report) throws IOException {
      begin();
      Map<String, Object> summary = new LinkedHashMap<>();
      summary.put("logs", report.logs());
      summary.put("links", report.links());
      summary.put("unchanged", report.unchanged());
      summary.put("applications", report.applications());
      summary.put("duplicates", report.duplicates());
      summary.put("empty", report.empty());
      summary.put("no_event_logs", report.foreign());
      summary.put("damaged", report.damaged());
      summary.put("lines", report.lines());
      summary.put("task_ends", report.taskEnds());
      summary.put("stages_completed", report.stagesCompleted());
      summary.put("unparsed", report.unparsed());
      summary.put("oversized", report.oversized());
      summary.put("bytes", report.bytes());
      summary.put("unreadable", report.unreadable());
      generator.writeEndArray();
      generator.writeObjectField("summary", summary);
      end();
    }
  }
}
