package dev.tributary.predictor.eventlog;

import dev.tributary.predictor.eventlog.Event.ApplicationEnd;
import dev.tributary.predictor.eventlog.Event.ApplicationStart;
import dev.tributary.predictor.eventlog.Event.BlockManagerAdded;
import dev.tributary.predictor.eventlog.Event.BlockManagerRemoved;
import dev.tributary.predictor.eventlog.Event.Environment;
import dev.tributary.predictor.eventlog.Event.ExecutorAdded;
import dev.tributary.predictor.eventlog.Event.ExecutorRemoved;
import dev.tributary.predictor.eventlog.Event.JobEnd;
import dev.tributary.predictor.eventlog.Event.JobStart;
import dev.tributary.predictor.eventlog.Event.LogStart;
import dev.tributary.predictor.eventlog.Event.QueryEnd;
import dev.tributary.predictor.eventlog.Event.TaskStart;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Makes events of lines. What a line is stands in its first bytes ({@code {"Event":"…"}); a line of
 * an event that sizing does not need is held against the grammar and dropped. Fields may come in
 * any order, be missing, or be unknown.
 */
final class EventParser {
  /** What a line was, when it became no event. */
  enum Nothing {
    SKIPPED,
    UNPARSED
  }

  /** Longest text that is kept: names, reasons. */
  static final int TEXT = 4096;

  private static final long UNKNOWN = Event.UNKNOWN;
  private static final byte[] PREFIX = "{\"Event\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final String SQL = "org.apache.spark.sql.execution.ui.";

  private static final KeyTable TYPES =
      KeyTable.of(
          "SparkListenerTaskEnd",
          "SparkListenerTaskStart",
          "SparkListenerStageCompleted",
          "SparkListenerJobStart",
          "SparkListenerJobEnd",
          "SparkListenerExecutorAdded",
          "SparkListenerExecutorRemoved",
          "SparkListenerBlockManagerAdded",
          "SparkListenerBlockManagerRemoved",
          "SparkListenerStageExecutorMetrics",
          SQL + "SparkListenerSQLExecutionStart",
          SQL + "SparkListenerSQLExecutionEnd",
          "SparkListenerEnvironmentUpdate",
          "SparkListenerApplicationStart",
          "SparkListenerApplicationEnd",
          "SparkListenerLogStart",
          "SparkListenerResourceProfileAdded");

  private static final KeyTable EVENT = KeyTable.of("Event");
  private static final KeyTable LOG = KeyTable.of("Spark Version");
  private static final KeyTable APPLICATION =
      KeyTable.of("App Name", "App ID", "App Attempt ID", "Timestamp", "User", "ExitCode");
  private static final KeyTable ENVIRONMENT = KeyTable.of("Spark Properties", "System Properties");
  private static final KeyTable COMMAND = KeyTable.of("sun.java.command");
  private static final KeyTable EXECUTOR =
      KeyTable.of(
          "Timestamp",
          "Executor ID",
          "Executor Info",
          "Removed Reason",
          "Block Manager ID",
          "Maximum Memory");
  private static final KeyTable EXECUTOR_INFO =
      KeyTable.of("Host", "Total Cores", "Resource Profile Id");
  private static final KeyTable JOB =
      KeyTable.of("Job ID", "Submission Time", "Completion Time", "Job Result");
  private static final KeyTable JOB_RESULT = KeyTable.of("Result", "Exception");
  private static final KeyTable MESSAGE = KeyTable.of("Message");
  private static final KeyTable QUERY =
      KeyTable.of("executionId", "time", "sparkPlanInfo", "errorMessage");

  private static final TaskStart TASK_START = new TaskStart();

  private final JsonScanner scanner = new JsonScanner();
  private final TaskParser tasks = new TaskParser(scanner);
  private final StageParser stages = new StageParser(scanner);
  private Nothing nothing = Nothing.SKIPPED;

  /**
   * The event of a line; null when it is none, see {@link #nothing}.
   *
   * @param to the byte there must be a line feed, with {@link JsonScanner#SLACK} bytes behind
   */
  Event parse(byte[] bytes, int from, int to) {
    nothing = Nothing.SKIPPED;
    try {
      int type = type(bytes, from, to);
      scanner.reset(bytes, from, to);
      Event event = type < 0 ? skipped() : event(type);
      scanner.finish();
      return event;
    } catch (MalformedJson e) {
      nothing = Nothing.UNPARSED;
      return null;
    }
  }

  /** Why the last line became no event. */
  Nothing nothing() {
    return nothing;
  }

  private Event skipped() throws MalformedJson {
    scanner.skip();
    return null;
  }

  private int type(byte[] bytes, int from, int to) throws MalformedJson {
    int name = from + PREFIX.length;
    if (name < to && Arrays.equals(bytes, from, name, PREFIX, 0, PREFIX.length)) {
      int p = name;
      while (p < to && bytes[p] != '"') {
        p++;
      }
      return TYPES.find(bytes, name, p);
    }
    return anywhere(bytes, from, to);
  }

  /** The type where it is not the first field, or where there are spaces. */
  private int anywhere(byte[] bytes, int from, int to) throws MalformedJson {
    scanner.reset(bytes, from, to);
    if (!scanner.openObject()) {
      return KeyTable.UNKNOWN;
    }
    for (int key = scanner.key(EVENT); key != JsonScanner.END; key = scanner.key(EVENT)) {
      if (key == 0) {
        String name = scanner.stringValue(TEXT);
        byte[] text = (name == null ? "" : name).getBytes(StandardCharsets.UTF_8);
        return TYPES.find(text, 0, text.length);
      }
      scanner.skip();
    }
    return KeyTable.UNKNOWN;
  }

  private Event event(int type) throws MalformedJson {
    scanner.openObject();
    return switch (type) {
      case 0 -> tasks.taskEnd();
      case 1 -> taskStart();
      case 2 -> stages.stageCompleted();
      case 3 -> job(false);
      case 4 -> job(true);
      case 5 -> executor(true);
      case 6 -> executor(false);
      case 7 -> blockManager(true);
      case 8 -> blockManager(false);
      case 9 -> tasks.stageExecutorMetrics();
      case 10 -> query(true);
      case 11 -> query(false);
      case 12 -> environment();
      case 13 -> application(true);
      case 14 -> application(false);
      case 15 -> logStart();
      case 16 -> stages.resourceProfile();
      default -> throw new IllegalStateException("no parser for event type " + type);
    };
  }

  private Event taskStart() throws MalformedJson {
    for (int key = scanner.key(LOG); key != JsonScanner.END; key = scanner.key(LOG)) {
      scanner.skip();
    }
    return TASK_START;
  }

  private Event logStart() throws MalformedJson {
    String version = null;
    for (int key = scanner.key(LOG); key != JsonScanner.END; key = scanner.key(LOG)) {
      if (key == 0) {
        version = scanner.stringValue(TEXT);
      } else {
        scanner.skip();
      }
    }
    return new LogStart(version);
  }

  private Event application(boolean start) throws MalformedJson {
    String name = null;
    String id = null;
    String attempt = null;
    String user = null;
    long time = UNKNOWN;
    Integer exitCode = null;
    for (int key = scanner.key(APPLICATION);
        key != JsonScanner.END;
        key = scanner.key(APPLICATION)) {
      switch (key) {
        case 0 -> name = scanner.stringValue(TEXT);
        case 1 -> id = scanner.stringValue(TEXT);
        case 2 -> attempt = scanner.stringValue(TEXT);
        case 3 -> time = scanner.longValue();
        case 4 -> user = scanner.stringValue(TEXT);
        case 5 -> exitCode = (int) scanner.longValue();
        default -> scanner.skip();
      }
    }
    return start
        ? new ApplicationStart(name, id, attempt, time, user)
        : new ApplicationEnd(time, exitCode);
  }

  private Event environment() throws MalformedJson {
    Map<String, String> properties = new HashMap<>();
    String command = null;
    for (int key = scanner.key(ENVIRONMENT);
        key != JsonScanner.END;
        key = scanner.key(ENVIRONMENT)) {
      switch (key) {
        case 0 -> sparkProperties(properties);
        case 1 -> command = command();
        default -> scanner.skip();
      }
    }
    return new Environment(properties, command);
  }

  private void sparkProperties(Map<String, String> into) throws MalformedJson {
    if (!scanner.openObject()) {
      return;
    }
    KeyTable wanted = SparkProperties.TABLE;
    for (int key = scanner.key(wanted); key != JsonScanner.END; key = scanner.key(wanted)) {
      String value = key < 0 ? null : scanner.stringValue(TEXT);
      if (value != null) {
        into.put(SparkProperties.NAMES.get(key), value);
      } else if (key < 0) {
        scanner.skip();
      }
    }
  }

  private String command() throws MalformedJson {
    String command = null;
    if (scanner.openObject()) {
      for (int key = scanner.key(COMMAND); key != JsonScanner.END; key = scanner.key(COMMAND)) {
        if (key == 0) {
          command = scanner.stringValue(TEXT);
        } else {
          scanner.skip();
        }
      }
    }
    return command;
  }

  private Event executor(boolean added) throws MalformedJson {
    long time = UNKNOWN;
    String id = null;
    String reason = null;
    String host = null;
    long cores = UNKNOWN;
    long profile = 0;
    for (int key = scanner.key(EXECUTOR); key != JsonScanner.END; key = scanner.key(EXECUTOR)) {
      switch (key) {
        case 0 -> time = scanner.longValue();
        case 1 -> id = scanner.stringValue(TEXT);
        case 2 -> {
          if (scanner.openObject()) {
            for (int info = scanner.key(EXECUTOR_INFO);
                info != JsonScanner.END;
                info = scanner.key(EXECUTOR_INFO)) {
              switch (info) {
                case 0 -> host = scanner.stringValue(TEXT);
                case 1 -> cores = scanner.longValue();
                case 2 -> profile = scanner.longValue();
                default -> scanner.skip();
              }
            }
          }
        }
        case 3 -> reason = scanner.stringValue(TEXT);
        default -> scanner.skip();
      }
    }
    return added
        ? new ExecutorAdded(time, id, host, cores, profile)
        : new ExecutorRemoved(time, id, reason);
  }

  private Event blockManager(boolean added) throws MalformedJson {
    long time = UNKNOWN;
    String executor = null;
    long maximum = UNKNOWN;
    for (int key = scanner.key(EXECUTOR); key != JsonScanner.END; key = scanner.key(EXECUTOR)) {
      switch (key) {
        case 0 -> time = scanner.longValue();
        case 4 -> {
          if (scanner.openObject()) {
            for (int id = scanner.key(EXECUTOR);
                id != JsonScanner.END;
                id = scanner.key(EXECUTOR)) {
              if (id == 1) {
                executor = scanner.stringValue(TEXT);
              } else {
                scanner.skip();
              }
            }
          }
        }
        case 5 -> maximum = scanner.longValue();
        default -> scanner.skip();
      }
    }
    return added
        ? new BlockManagerAdded(time, executor, maximum)
        : new BlockManagerRemoved(time, executor);
  }

  private Event job(boolean ended) throws MalformedJson {
    long id = UNKNOWN;
    long submitted = UNKNOWN;
    long completed = UNKNOWN;
    boolean succeeded = true;
    String message = null;
    for (int key = scanner.key(JOB); key != JsonScanner.END; key = scanner.key(JOB)) {
      switch (key) {
        case 0 -> id = scanner.longValue();
        case 1 -> submitted = scanner.longValue();
        case 2 -> completed = scanner.longValue();
        case 3 -> {
          if (scanner.openObject()) {
            for (int part = scanner.key(JOB_RESULT);
                part != JsonScanner.END;
                part = scanner.key(JOB_RESULT)) {
              switch (part) {
                case 0 -> succeeded = !"JobFailed".equals(scanner.stringValue(TEXT));
                case 1 -> message = message();
                default -> scanner.skip();
              }
            }
          }
        }
        default -> scanner.skip();
      }
    }
    return ended ? new JobEnd(id, completed, succeeded, message) : new JobStart(id, submitted);
  }

  private String message() throws MalformedJson {
    String message = null;
    if (scanner.openObject()) {
      for (int key = scanner.key(MESSAGE); key != JsonScanner.END; key = scanner.key(MESSAGE)) {
        if (key == 0) {
          message = scanner.stringValue(TEXT);
        } else {
          scanner.skip();
        }
      }
    }
    return message;
  }

  private Event query(boolean start) throws MalformedJson {
    long id = UNKNOWN;
    long time = UNKNOWN;
    Event.PlanNode plan = null;
    String error = null;
    for (int key = scanner.key(QUERY); key != JsonScanner.END; key = scanner.key(QUERY)) {
      switch (key) {
        case 0 -> id = scanner.longValue();
        case 1 -> time = scanner.longValue();
        case 2 -> plan = stages.plan(0);
        case 3 -> error = scanner.stringValue(TEXT);
        default -> scanner.skip();
      }
    }
    return start ? new Event.QueryStart(id, time, plan) : new QueryEnd(id, time, error);
  }
}
