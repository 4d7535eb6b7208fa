package io.mediadrop.remote;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.SftpException;
import io.mediadrop.file.FileStamp;
import io.mediadrop.file.Home;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * The copies of files from servers on their way to the API, in the home. A copy gets its name only
 * once it is whole; what was broken off is begun anew.
 */
class WorkCopies {

  private static final String UNFINISHED = ".fetching";

  private final Home home;

  WorkCopies(Home home) {
    this.home = home;
  }

  /** Whether the file has been fetched already, whole. */
  boolean has(RemoteFile file) throws IOException {
    try {
      return file.isSame(FileStamp.of(file.local()));
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /**
   * Fetches a file.
   *
   * @throws RemoteFileChanged if it turns out to be another one than had settled
   * @throws IOException if this machine's disk, or the connection, does not play along
   */
  void fetch(RemoteFile file) throws Exception {
    home.freeSpace().require(file.stamp().size());
    Path part = file.lane().directory().resolve(UNFINISHED + "-" + UUID.randomUUID());
    try {
      file.server().sessions().with(session -> fetch(session, file, part));
      FileTime modified = FileTime.from(file.stamp().modified(), TimeUnit.NANOSECONDS);
      Files.setLastModifiedTime(part, modified);
      Files.createDirectories(file.local().getParent());
      Files.move(
          part, file.local(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private Void fetch(SftpSession session, RemoteFile file, Path part) throws Exception {
    String path = file.server().path(file.relative());
    long size = file.stamp().size();
    requireSame(session, path, file);
    try (InputStream from = session.read(path);
        FileChannel to =
            FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      requireLength(home.freeSpace().copy(from, to, size, sofar -> {}), size);
      // its name will say that it is whole, also after a power cut
      to.force(true);
    }
    requireSame(session, path, file);
    return null;
  }

  private static void requireSame(SftpSession session, String path, RemoteFile file)
      throws Exception {
    FileStamp there = session.stampOf(path);
    if (there == null) {
      throw new SftpException(ChannelSftp.SSH_FX_NO_SUCH_FILE, "it is gone");
    }
    if (!file.isSame(there)) {
      throw new RemoteFileChanged("it was changed on the server since it had settled");
    }
  }

  private static void requireLength(long came, long listed) throws RemoteFileChanged {
    if (came != listed) {
      throw new RemoteFileChanged(
          "%s bytes came, where %d were listed".formatted(came > listed ? "more" : came, listed));
    }
  }
}
