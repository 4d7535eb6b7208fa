package io.mediadrop.api;

import io.mediadrop.file.FileStamp;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes sure that what is read of a file is still the one that was claimed. */
final class ClaimedFile {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop.api");

  private final Path path;
  private final FileStamp claimed;

  /** The file with this stamp; whatever lies there if it is null. */
  ClaimedFile(Path path, FileStamp claimed) {
    this.path = path;
    this.claimed = claimed;
  }

  /**
   * Opens it.
   *
   * @throws SourceChanged if it is another one
   */
  FileChannel open() throws IOException {
    require();
    FileChannel file = openAny();
    try {
      require();
      return file;
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /** Opens whatever lies there. */
  FileChannel openAny() throws IOException {
    return FileChannel.open(path, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
  }

  private void require() throws IOException {
    if (claimed != null && !FileStamp.of(path).equals(claimed)) {
      throw new SourceChanged("the file was changed or replaced while it was being sent");
    }
  }

  /**
   * Lets pass what was read to its end as it was claimed; a file that was renamed or deleted
   * meanwhile has been read so all the same.
   *
   * @throws SourceChanged if it was changed or replaced
   */
  void requireUnchanged() throws IOException {
    try {
      require();
    } catch (NoSuchFileException e) {
      LOG.debug("{} has gone while it was being sent", path, e);
    }
  }
}
