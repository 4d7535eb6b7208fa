package io.mediadrop.ledger;

import java.sql.SQLException;

/** What keeps the ledger from being used, and what a person can do about it. */
final class LedgerTrouble {

  // SQLite's result codes; other databases say more in words
  private static final int BUSY = 5;
  private static final int LOCKED = 6;
  private static final int READ_ONLY = 8;
  private static final int FAILS = 10;
  private static final int FULL = 13;

  private LedgerTrouble() {}

  /**
   * Says it.
   *
   * @param not what cannot be done: read or written
   */
  static String said(String not, Exception failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    int code = cause instanceof SQLException e ? e.getErrorCode() & 0xff : 0;
    return "the ledger cannot be %s (%s): %s".formatted(not, cause.getMessage(), remedy(code));
  }

  private static String remedy(int code) {
    return switch (code) {
      case BUSY, LOCKED ->
          "another program has it open: end that program, such as a database viewer or a backup";
      case FULL -> "its disk is full: make room there";
      case READ_ONLY -> "see that its disk is not write-protected, and who owns its files";
      case FAILS ->
          "its disk fails: see that it has room and is whole, and look into the system's log";
      default -> "see that its disk has room and is not write-protected";
    };
  }
}
