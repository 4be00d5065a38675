package dev.tributary.predictor.service;

import dev.tributary.predictor.PredictorException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * One SQLite file in a directory, written ahead and synchronised at every commit: what was answered
 * survives {@code kill -9} and a loss of power. The schema is brought up by numbered migrations,
 * each in its transaction; {@code PRAGMA user_version} is the number.
 */
final class Store implements AutoCloseable {
  static final int SCHEMA_VERSION = 2;
  static final String FILE = "predictor.sqlite";

  private final Path directory;
  private final StoreLock lock;
  private final Connection connection;
  private boolean busy;

  private Store(Path directory, StoreLock lock, Connection connection) {
    this.directory = directory;
    this.lock = lock;
    this.connection = connection;
  }

  /** What is done in one transaction. */
  interface Work<T> {
    T in(Connection connection) throws SQLException;
  }

  /**
   * Opens the store, making it where there is none.
   *
   * @param holder who opens it, for the message that another process gets
   * @param wait how long to wait for another process that has it open
   */
  static Store open(Path directory, String holder, Duration wait) {
    try {
      Files.createDirectories(directory);
      StoreLock lock = StoreLock.take(directory, holder, wait);
      try {
        Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve(FILE).toAbsolutePath());
        Store store = new Store(directory, lock, connection);
        store.prepare();
        return store;
      } catch (SQLException | IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (SQLException | IOException e) {
      throw StoreErrors.unusable(directory, e);
    }
  }

  private void prepare() throws SQLException, IOException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = FULL");
      statement.execute("PRAGMA foreign_keys = ON");
      statement.execute("PRAGMA busy_timeout = 5000");
    }
    connection.setAutoCommit(false);
    int found = transaction(Store::version);
    if (found > SCHEMA_VERSION) {
      throw StoreErrors.newer(directory, found, SCHEMA_VERSION);
    }
    for (int version = found + 1; version <= SCHEMA_VERSION; version++) {
      migrate(version);
    }
  }

  private static int version(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("PRAGMA user_version")) {
      result.next();
      return result.getInt(1);
    }
  }

  private void migrate(int version) throws IOException {
    String name = "schema-v" + version + ".sql";
    try (InputStream script = Store.class.getResourceAsStream(name)) {
      String text = new String(script.readAllBytes(), StandardCharsets.UTF_8);
      String statements = text.replaceAll("(?m)--.*$", "");
      transaction(
          connection -> {
            try (Statement statement = connection.createStatement()) {
              for (String one : statements.split(";")) {
                if (!one.isBlank()) {
                  statement.execute(one);
                }
              }
              statement.execute("PRAGMA user_version = " + version);
            }
            return version;
          });
    }
  }

  /** Does the work wholly or not at all. One at a time. */
  synchronized <T> T transaction(Work<T> work) {
    if (busy) {
      throw new IllegalStateException("a transaction within a transaction would end it too early");
    }
    busy = true;
    try {
      T result = work.in(connection);
      connection.commit();
      return result;
    } catch (SQLException e) {
      RuntimeException error = StoreErrors.failed(e);
      rollBack(error);
      throw error;
    } catch (RuntimeException | Error e) {
      rollBack(e);
      throw e;
    } finally {
      busy = false;
    }
  }

  /** Else the next commit would store what was left. */
  private void rollBack(Throwable error) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      error.addSuppressed(e);
    }
  }

  /** Tells other processes who holds the store, e.g. at which address it can be asked. */
  void describe(String holder) {
    try {
      StoreLock.describe(directory, holder);
    } catch (IOException e) {
      throw StoreErrors.unusable(directory, e);
    }
  }

  @Override
  public synchronized void close() {
    try {
      connection.close();
      lock.close();
    } catch (SQLException | IOException e) {
      throw new PredictorException(
          PredictorException.Kind.FAILED,
          "The predictor's store " + directory + " cannot be closed",
          String.valueOf(e.getMessage()),
          "look for a full disk; what was answered is stored",
          e);
    }
  }
}
