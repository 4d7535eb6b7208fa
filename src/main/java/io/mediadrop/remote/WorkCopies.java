package io.mediadrop.remote;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.SftpException;
import io.mediadrop.base.Quantity;
import io.mediadrop.file.FileStamp;
import io.mediadrop.file.Home;
import io.mediadrop.file.SidecarNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The copies of files from servers on their way to the API, in the home. A copy gets its name only
 * once it is whole; what was broken off is begun anew.
 */
public class WorkCopies {

  private static final String UNFINISHED = ".fetching";

  private static final int BUFFER = 128 * 1024;

  /** How many bytes may come between two looks at the free space. */
  private static final long BETWEEN_LOOKS = 16 << 20;

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  private Home home;
  private RemoteDrops remoteDrops;
  private long minFree;

  /**
   * Deletes what nobody needs: beginnings of files, and copies of which the ledger knows nothing.
   */
  void sweep(RemoteLane lane) {
    List<Path> files;
    try (Stream<Path> all = Files.walk(lane.directory())) {
      // what is in a folder comes before the folder
      files = all.sorted(Comparator.reverseOrder()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    files.stream().filter(file -> !file.equals(lane.directory())).forEach(f -> sweep(lane, f));
  }

  private void sweep(RemoteLane lane, Path file) {
    try {
      if (Files.isDirectory(file)) {
        deleteIfEmpty(file);
      } else if (!remoteDrops.isUnderWay(lane.name(), pathOfMedia(lane, file))) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Deletes the copies of files that have vanished, alone or with their folders, before they were
   * uploaded: whoever took them away there does not want them here either.
   *
   * @param barred the folders that could not be looked into
   */
  void endOfListing(RemoteLane lane, Set<Path> present, Set<String> barred) {
    try (Stream<Path> files = Files.walk(lane.directory())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String path = pathOfMedia(lane, file);
        Path media = lane.directory().resolve(path);
        if (!present.contains(media)
            && !lane.hand().isTaken(media)
            && barred.stream().noneMatch(folder -> path.startsWith(folder + "/"))
            && remoteDrops.isToUpload(lane.name(), path)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException | UncheckedIOException e) {
      // a worker has moved one away meanwhile; the next listing looks again
      LOG.debug("The copies of lane {} could not be looked through", lane, e);
    }
  }

  /** A sidecar is needed as long as its media file. */
  private static String pathOfMedia(RemoteLane lane, Path file) {
    String path = RemoteFile.relative(lane, file);
    return SidecarNames.isSidecar(path) ? SidecarNames.mediaOf(path) : path;
  }

  private static void deleteIfEmpty(Path folder) throws IOException {
    try (Stream<Path> content = Files.list(folder)) {
      if (content.findAny().isPresent()) {
        return;
      }
    }
    Files.delete(folder);
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
    requireSpace(file.stamp().size());
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
    requireSame(session, path, file);
    try (InputStream from = session.read(path);
        FileChannel to =
            FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      copy(from, to, file.stamp().size());
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

  private void copy(InputStream from, FileChannel to, long size)
      throws IOException, RemoteFileChanged {
    byte[] buffer = new byte[BUFFER];
    long copied = 0;
    long nextLook = BETWEEN_LOOKS;
    for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
      copied += read;
      if (copied > size) {
        break;
      }
      ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
      while (bytes.hasRemaining()) {
        to.write(bytes);
      }
      if (copied >= nextLook) {
        nextLook += BETWEEN_LOOKS;
        requireSpace(0);
      }
    }
    if (copied != size) {
      throw new RemoteFileChanged(
          "%s bytes came, where %d were listed".formatted(copied > size ? "more" : copied, size));
    }
  }

  private void requireSpace(long more) throws IOException {
    long free = Files.getFileStore(home.data()).getUsableSpace() - more;
    if (free < minFree) {
      throw new IOException(
          "only %d MiB would be left free for %s: make room, or lower mediadrop.disk.min-free"
              .formatted(Math.max(0, free) >> 20, home.root()));
    }
  }

  public void setHome(Home home) {
    this.home = home;
  }

  public void setRemoteDrops(RemoteDrops remoteDrops) {
    this.remoteDrops = remoteDrops;
  }

  /** How much room must stay free, such as {@code 1GiB}. */
  public void setMinFree(String size) {
    minFree = Quantity.bytes(size);
  }
}
