package io.mediadrop.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder and the file system that it lay on at first. When a disk or a share is unmounted, the
 * empty folder below it comes to light, which is not the one that was meant.
 */
public final class MountedFolder {

  private final Path folder;
  private final String store;
  private volatile Object device;

  /**
   * Remembers where the folder lies now.
   *
   * @throws IOException if it is not there
   */
  public MountedFolder(Path folder) throws IOException {
    this.folder = folder;
    this.store = storeNow();
    this.device = deviceNow();
  }

  /** Whether the folder is there, on the file system where it lay at first. */
  public boolean isThere() {
    try {
      Object now = deviceNow();
      if (!now.equals(device)) {
        // what was mounted again may have got another number
        if (!storeNow().equals(store)) {
          return false;
        }
        device = now;
      }
      return Files.isDirectory(folder);
    } catch (IOException e) {
      return false;
    }
  }

  private Object deviceNow() throws IOException {
    return folder.getFileSystem().supportedFileAttributeViews().contains("unix")
        ? Files.getAttribute(folder, "unix:dev")
        : storeNow();
  }

  private String storeNow() throws IOException {
    return Files.getFileStore(folder).type() + " " + Files.getFileStore(folder).name();
  }
}
