package io.mediadrop.remote;

import io.mediadrop.file.SidecarNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which copies of files from servers nobody needs any more; they are deleted. */
class NeedlessCopies {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  private final RemoteDrops remoteDrops;

  NeedlessCopies(RemoteDrops remoteDrops) {
    this.remoteDrops = remoteDrops;
  }

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
}
