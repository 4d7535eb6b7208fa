package io.mediadrop.archive;

import io.mediadrop.file.FileNames;
import io.mediadrop.file.SafeMove;
import io.mediadrop.file.SidecarNames;
import io.mediadrop.ledger.Companion;
import io.mediadrop.ledger.FailedFiles.Failed;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Puts a refused file back into the folder in which it was dropped, with all that was put away with
 * it: what a person does who drags it back. Its lane takes it as it takes any other file.
 */
public final class Retry {

  private final Path failed;
  private final Path data;

  /**
   * Of the files of a home.
   *
   * @param failed its folder of refused files
   * @param data its folder for data, in which what comes from a server lies until it is uploaded
   */
  public Retry(Path failed, Path data) {
    this.failed = failed;
    this.data = data;
  }

  /** Whether the file lies where it was put. */
  public boolean isThere(Failed file) {
    return Files.isRegularFile(placeOf(file), LinkOption.NOFOLLOW_LINKS);
  }

  /** Whether it lies there, and the folder in which it was dropped is one of this machine. */
  public boolean isPossible(Failed file) {
    return !isFromServer(file) && isThere(file);
  }

  private boolean isFromServer(Failed file) {
    return file.source().startsWith(data);
  }

  /** Where it was put. */
  public Path placeOf(Failed file) {
    return failed.resolve(file.place());
  }

  /**
   * Puts it back; returns where it lies now.
   *
   * @throws IOException if that is not possible; its message tells a person why, and the file lies
   *     where it lay
   */
  public Path back(Failed file) throws IOException {
    Path folder = folderOf(file);
    Map<Path, Path> moves = new LinkedHashMap<>();
    for (Companion companion : file.companions()) {
      moves.put(failed.resolve(companion.place()), folder.resolve(companion.name()));
    }
    Path media = placeOf(file);
    moves.put(
        media.resolveSibling(FileNames.sidecar(media.getFileName().toString())),
        SidecarNames.of(file.source()));
    moves.keySet().removeIf(from -> !Files.exists(from, LinkOption.NOFOLLOW_LINKS));
    // last: with it the lane begins
    moves.put(media, file.source());
    for (Path to : moves.values()) {
      if (Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
        throw new FileAlreadyExistsException(
            "a file of its name is in %s already: rename one of them".formatted(folder));
      }
    }
    for (Map.Entry<Path, Path> move : moves.entrySet()) {
      move(move.getKey(), move.getValue());
    }
    return file.source();
  }

  private Path folderOf(Failed file) throws IOException {
    if (isFromServer(file)) {
      throw new IOException("it came from a server: put it into its folder there again");
    }
    Path lane = file.source();
    for (int names = Path.of(file.path()).getNameCount(); names > 0; names--) {
      lane = lane.getParent();
    }
    if (!Files.isDirectory(lane)) {
      throw new IOException("the folder of its lane, %s, is not there".formatted(lane));
    }
    return file.source().getParent();
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      SafeMove.move(from, to);
    } catch (NoSuchFileException e) {
      throw new NoSuchFileException("%s is not there any more".formatted(from));
    } catch (FileSystemException e) {
      throw new IOException("%s cannot be moved to %s: %s".formatted(from, to, e), e);
    }
  }
}
