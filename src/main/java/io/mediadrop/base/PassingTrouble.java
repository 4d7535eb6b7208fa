package io.mediadrop.base;

import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.sqlite.SQLiteException;

/**
 * A trouble of the machine that may be over at the next attempt to start, such as a full disk:
 * nobody need change a setting. The message is one line.
 */
public class PassingTrouble extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What the system says of disks and shares that are full, gone, away or write-protected. */
  private static final Pattern OF_A_DISK =
      Pattern.compile(
          "no space left|read-only file system|quota|input/output error|stale|not connected"
              + "|host is down|no route to host|timed out|resource busy|too many open files"
              + "|no such device|i/o error|not enough space|network (name|path)");

  /** SQLite's words for locked, write-protected, unreadable, full, and not to be opened. */
  private static final Set<Integer> OF_SQLITE = Set.of(5, 6, 8, 10, 13, 14, 15);

  private static final int PRIMARY = 0xff;

  /** All that SQLite's driver has to say where a full disk has ended a query midway. */
  private static final String BROKEN_OFF = "statement is not executing";

  /** SQL's classes for connections, resources and servers that are about to start or to stop. */
  private static final Set<String> OF_SERVERS = Set.of("08", "53", "57");

  /** A trouble told in one line, with what made it known. */
  public PassingTrouble(String message, Throwable cause) {
    super(message, cause);
  }

  /** What in a chain of causes may pass; null if nothing. */
  public static Throwable in(Throwable failure) {
    Throwable cause = failure;
    while (cause != null && !passes(cause)) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static boolean passes(Throwable cause) {
    if (cause instanceof PassingTrouble) {
      return true;
    }
    if (cause instanceof SQLiteException ofSqlite) {
      return OF_SQLITE.contains(ofSqlite.getResultCode().code & PRIMARY);
    }
    if (cause instanceof SQLException ofServer) {
      String state = ofServer.getSQLState();
      return state != null && state.length() == 5 && OF_SERVERS.contains(state.substring(0, 2))
          || BROKEN_OFF.equals(cause.getMessage());
    }
    return cause instanceof UnknownHostException
        || cause instanceof SocketTimeoutException
        || cause instanceof SocketException
        || cause instanceof IOException && !isForbidden(cause) && isOfADisk(cause);
  }

  private static boolean isForbidden(Throwable cause) {
    return cause instanceof AccessDeniedException;
  }

  private static boolean isOfADisk(Throwable cause) {
    return OF_A_DISK.matcher(String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT)).find();
  }
}
