package io.mediadrop.archive;

import io.mediadrop.drop.Uploaded;
import io.mediadrop.file.SafeMove;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/**
 * An upload and what the route has made of its answer, for the home's archive.
 *
 * @param uploaded the upload
 * @param items the files with the items
 */
record Split(Uploaded uploaded, List<Item> items) {

  /**
   * A file beside the original.
   *
   * @param file its place
   * @param content JSON
   */
  record Item(Path file, byte[] content) {}

  /**
   * Writes the items to their places, durable once their folder and then they are synced. Where
   * each has a file of its own they are on the disk then.
   */
  void put() throws IOException {
    for (Item item : items) {
      if (items.size() == 1) {
        SafeMove.write(item.file(), item.content());
      } else {
        SafeMove.replace(item.file(), item.content());
      }
    }
  }

  /**
   * Writes the items anew; they are on the disk then.
   *
   * @param all whether also those that are not there any more
   */
  void replace(boolean all) throws IOException {
    for (Item item : items) {
      if (all || Files.exists(item.file(), LinkOption.NOFOLLOW_LINKS)) {
        SafeMove.replace(item.file(), item.content());
      }
    }
  }
}
