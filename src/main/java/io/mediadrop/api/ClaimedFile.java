package io.mediadrop.api;

import io.mediadrop.file.FileStamp;
import io.mediadrop.file.SmallContent;
import io.mediadrop.lane.DroppedFile;
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
  private final SmallContent content;

  /** The file with this stamp; whatever lies there if it is null. */
  ClaimedFile(Path path, FileStamp claimed) {
    this(path, claimed, null);
  }

  /** A file that may have been read already. */
  ClaimedFile(DroppedFile file) {
    this(file.path(), file.stamp(), file.content());
  }

  private ClaimedFile(Path path, FileStamp claimed, SmallContent content) {
    this.path = path;
    this.claimed = claimed;
    this.content = content;
  }

  /**
   * All of it as it was claimed; null where it is to be opened. Like one that is opened it is still
   * there now: what somebody has deleted before it is sent is not sent.
   *
   * @throws SourceChanged if it is another one
   */
  byte[] read() throws IOException {
    byte[] bytes = content == null ? null : content.bytes();
    if (bytes != null) {
      require();
    }
    return bytes;
  }

  /** The md5 of what was read. */
  String md5() throws IOException {
    return content.md5();
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
