package io.mediadrop.ledger;

import io.mediadrop.base.PassingTrouble;
import io.mediadrop.file.SafeMove;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Set;

/** Keeps a ledger as it was in a file beside it, before its tables are made anew. */
final class LedgerCopy {

  /** Tells how many bytes are free for a folder. */
  interface Room {
    long in(Path folder) throws IOException;
  }

  /** Such as {@code 20261130T041500.123Z}. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

  /** The copy, the new tables in the log, and the same in the file beside the old ones. */
  private static final int TIMES = 4;

  private final Path ledger;
  private final Room room;

  /** Of the ledger in this file. */
  LedgerCopy(Path ledger) {
    this(ledger, folder -> Files.getFileStore(folder).getUsableSpace());
  }

  /** The same, where something else tells how much room there is. */
  LedgerCopy(Path ledger, Room room) {
    this.ledger = ledger;
    this.room = room;
  }

  /**
   * Makes one, unless there is one of the same content, as after a start that was broken off.
   *
   * @return where it lies, durable
   * @throws PassingTrouble if the room does not suffice for it and for what comes then
   */
  Path make(Statement statement, int schema, Instant now) throws IOException, SQLException {
    requireRoom(statement);
    Path begun = ledger.resolveSibling(ledger.getFileName() + ".copy");
    Files.deleteIfExists(begun);
    Files.deleteIfExists(begun.resolveSibling(begun.getFileName() + "-journal"));
    Files.createFile(begun, onlyForItsOwner());
    statement.execute("VACUUM INTO '%s'".formatted(begun.toString().replace("'", "''")));
    SafeMove.syncFile(begun);
    String stem = "%s-schema%d-".formatted(ledger.getFileName(), schema).replace(".db-", "-");
    Path same = sameAs(begun, stem);
    if (same != null) {
      Files.delete(begun);
      return same;
    }
    // never over what is there: who goes back twice has two
    Path copy = Files.move(begun, ledger.resolveSibling(stem + TIME.format(now) + ".db"));
    SafeMove.syncFolder(copy.getParent());
    return copy;
  }

  private Path sameAs(Path begun, String stem) throws IOException {
    try (DirectoryStream<Path> copies =
        Files.newDirectoryStream(
            ledger.getParent(), file -> file.getFileName().toString().startsWith(stem))) {
      for (Path copy : copies) {
        if (Files.mismatch(copy, begun) < 0) {
          return copy;
        }
      }
      return null;
    }
  }

  private void requireRoom(Statement statement) throws IOException, SQLException {
    long needed = TIMES * sizeOf(statement);
    long free = room.in(ledger.getParent());
    if (free < needed) {
      throw new PassingTrouble(
          "its tables are made anew and a copy of it is kept, for which %s needs %d MiB and has %d: make room there"
              .formatted(ledger.getParent(), 1 + (needed >> 20), free >> 20),
          null);
    }
  }

  /** Without pages that are empty. */
  private static long sizeOf(Statement statement) throws SQLException {
    return (pragma(statement, "page_count") - pragma(statement, "freelist_count"))
        * pragma(statement, "page_size");
  }

  private static long pragma(Statement statement, String name) throws SQLException {
    try (ResultSet value = statement.executeQuery("PRAGMA " + name)) {
      return value.next() ? value.getLong(1) : 0;
    }
  }

  private FileAttribute<?>[] onlyForItsOwner() {
    if (!ledger.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return new FileAttribute<?>[0];
    }
    Set<PosixFilePermission> owners = PosixFilePermissions.fromString("rw-------");
    return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(owners)};
  }
}
