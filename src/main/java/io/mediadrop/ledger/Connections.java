package io.mediadrop.ledger;

import io.mediadrop.base.Digests;
import io.mediadrop.base.PassingTrouble;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jdbi.v3.core.JdbiException;

/**
 * Tells connections apart in the ledger without storing their ids, which are secrets: by a hash
 * with a salt that each ledger draws for itself.
 */
public class Connections {

  static final String SALT = "connection-salt";

  private LedgerDatabase database;
  private String salt;

  /**
   * Reads the salt, or draws it for a new ledger.
   *
   * @throws PassingTrouble if the ledger, which was found whole, cannot be written now
   */
  public void open() {
    try {
      salt = drawnOnce();
    } catch (JdbiException e) {
      throw new PassingTrouble(
          "the ledger cannot be used at the moment (is its disk full or write-protected, or does another"
              + " program hold it?); it is whole, so leave it as it is",
          e);
    }
  }

  private String drawnOnce() {
    byte[] drawn = new byte[16];
    new SecureRandom().nextBytes(drawn);
    return database.write(
        handle -> {
          handle.execute(
              "INSERT INTO facts (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING",
              SALT,
              HexFormat.of().formatHex(drawn));
          return handle
              .createQuery("SELECT value FROM facts WHERE name = ?")
              .bind(0, SALT)
              .mapTo(String.class)
              .one();
        });
  }

  /** The connection's mark in this ledger, 32 hex digits. */
  public String fingerprint(String connectionId) {
    return HexFormat.of().formatHex(Digests.sha256(salt + connectionId), 0, 16);
  }

  LedgerDatabase database() {
    return database;
  }

  public void setDatabase(LedgerDatabase database) {
    this.database = database;
  }
}
