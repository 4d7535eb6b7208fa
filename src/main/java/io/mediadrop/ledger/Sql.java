package io.mediadrop.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/**
 * Runs the few statements that every file needs straight through JDBC. Jdbi, which runs all others,
 * takes several times as long to get a statement ready as SQLite takes to run it.
 */
public final class Sql {

  /** Reads one row. */
  public interface Row<T> {

    /** What the row, which is the result's current one, stands for. */
    T of(ResultSet row) throws SQLException;
  }

  private Sql() {}

  /** Runs a change with these values for its question marks; returns how many rows it changed. */
  public static int update(Handle handle, String sql, Object... values) {
    return run(handle, sql, values, PreparedStatement::executeUpdate);
  }

  /** The rows that a query finds. */
  public static <T> List<T> all(Handle handle, Row<T> row, String sql, Object... values) {
    return run(
        handle,
        sql,
        values,
        statement -> {
          List<T> all = new ArrayList<>();
          try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              all.add(row.of(rows));
            }
          }
          return all;
        });
  }

  /** The first row that a query finds, which is one that finds no null. */
  public static <T> Optional<T> first(Handle handle, Row<T> row, String sql, Object... values) {
    return all(handle, row, sql, values).stream().findFirst();
  }

  /** Whether a query finds a row. */
  public static boolean any(Handle handle, String sql, Object... values) {
    return run(
        handle,
        sql,
        values,
        statement -> {
          try (ResultSet rows = statement.executeQuery()) {
            return rows.next();
          }
        });
  }

  private interface Use<T> {

    T of(PreparedStatement statement) throws SQLException;
  }

  private static <T> T run(Handle handle, String sql, Object[] values, Use<T> use) {
    Connection connection = handle.getConnection();
    try {
      if (handle.getStatementBuilder() instanceof KeptStatements kept) {
        PreparedStatement statement = kept.take(connection, sql);
        try {
          return bound(statement, values, use);
        } finally {
          kept.put(sql, statement);
        }
      }
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        return bound(statement, values, use);
      }
    } catch (SQLException e) {
      throw new UnableToExecuteStatementException(e, null);
    }
  }

  private static <T> T bound(PreparedStatement statement, Object[] values, Use<T> use)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return use.of(statement);
  }
}
