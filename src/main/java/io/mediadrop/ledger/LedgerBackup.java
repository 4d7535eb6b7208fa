package io.mediadrop.ledger;

import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.file.SafeMove;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Copies a ledger while it is written to, or at rest. */
public final class LedgerBackup {

  private final Path ledger;

  /**
   * Of the ledger at this address.
   *
   * @param data the home's folder for data
   * @throws ConfigurationMistake if it lies in no file, or there is none
   */
  public LedgerBackup(String url, Path data) {
    ledger = SqliteFile.at(url);
    if (!Files.isRegularFile(ledger)) {
      throw new ConfigurationMistake(
          ("there is no ledger at %s: name with --home the home that run was given, or let it run there"
                  + " first")
              .formatted(ledger));
    }
    SqliteLibrary.load(data);
  }

  /**
   * Copies the ledger as it is at one moment; the copy is on the disk then, for its owner alone.
   *
   * @return how many uploads it knows
   * @throws ConfigurationMistake if something has the copy's name, or its folder is not there
   */
  public long copyTo(Path target) throws IOException {
    Path folder = target.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      throw new ConfigurationMistake("there is no folder " + folder + ": create it");
    }
    // only its owner can read what is created so
    Path begun = Files.createTempFile(folder, ".backup", ".part");
    try {
      requireFree(target);
      new SqliteFile(ledger, true).copyTo(begun);
      SafeMove.syncFile(begun);
      long uploads =
          Long.parseLong(new SqliteFile(begun, true).run("SELECT COUNT(*) FROM uploads"));
      SafeMove.move(begun, target);
      return uploads;
    } catch (FileAlreadyExistsException e) {
      requireFree(target);
      throw e;
    } finally {
      Files.deleteIfExists(begun);
    }
  }

  private static void requireFree(Path target) {
    if (Files.exists(target)) {
      throw new ConfigurationMistake(
          target + " is there already, and is not overwritten: name another file");
    }
  }
}
