package io.mediadrop.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/** SQLite does not look by itself whether rows refer to others that are gone. */
final class NothingDangling extends BaseCallback {

  @Override
  public boolean supports(Event event, Context context) {
    return event == Event.AFTER_EACH_MIGRATE;
  }

  @Override
  public void handle(Event event, Context context) {
    Connection connection = context.getConnection();
    try (Statement statement = connection.createStatement()) {
      if (connection.getMetaData().getDatabaseProductName().equals("SQLite")
          && statement.executeQuery("PRAGMA foreign_key_check").next()) {
        throw new IllegalStateException("rows refer to others that are gone");
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
