package io.mediadrop.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jdbi.v3.core.statement.DefaultStatementBuilder;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Keeps the statements of a connection prepared: SQLite would otherwise parse and plan the same few
 * statements anew for every file, which costs more than running them. For one thread at a time.
 */
class KeptStatements extends DefaultStatementBuilder {

  private final Map<String, PreparedStatement> idle = new HashMap<>();
  private final Map<Statement, String> inUse = new IdentityHashMap<>();

  @Override
  public PreparedStatement create(Connection connection, String sql, StatementContext context)
      throws SQLException {
    PreparedStatement statement = take(connection, sql);
    inUse.put(statement, sql);
    return statement;
  }

  @Override
  public void close(Connection connection, String sql, Statement statement) throws SQLException {
    String prepared = inUse.remove(statement);
    if (prepared == null) {
      statement.close();
    } else {
      put(prepared, (PreparedStatement) statement);
    }
  }

  /** A statement that nobody else uses until it is put back. */
  PreparedStatement take(Connection connection, String sql) throws SQLException {
    PreparedStatement kept = idle.remove(sql);
    return kept == null ? connection.prepareStatement(sql) : kept;
  }

  /** Keeps a statement for the next one who needs it. */
  void put(String sql, PreparedStatement statement) throws SQLException {
    try {
      statement.clearParameters();
    } catch (SQLException e) {
      // it was broken off, such as by a full disk; whoever ran it hears of that, and not of this
      statement.close();
      return;
    }
    PreparedStatement further = idle.put(sql, statement);
    if (further != null) {
      further.close();
    }
  }
}
