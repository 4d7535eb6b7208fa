package io.mediadrop.drop;

import io.mediadrop.base.Printable;
import io.mediadrop.file.FileStamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * One file, at one place, with one content, as the ledger knows it.
 *
 * @param id names the drop for ever
 * @param lane the lane's name
 * @param connection the connection's mark in the ledger
 * @param source where the file lay when it was claimed, absolute
 * @param path the same below the lane's folder
 * @param size in bytes
 * @param modified last modification, nanoseconds since the epoch
 * @param state how far it has come
 * @param attempts how often its upload was begun
 * @param dueAt when it is to be tried again, milliseconds since the epoch; 0 for now
 * @param contentType what was sent as its type; null before the session is opened
 * @param plan the upload session and its parts; null before that
 * @param archivePath its place below the archive; null before it is uploaded
 * @param tainted whether the file changed while it was sent
 * @param sidecar what stood beside it when it was claimed; null if there was nothing
 * @param claimedAt when it was claimed first, milliseconds since the epoch; no two are the same
 */
public record Drop(
    long id,
    String lane,
    String connection,
    Path source,
    String path,
    long size,
    long modified,
    DropState state,
    int attempts,
    long dueAt,
    String contentType,
    UploadPlan plan,
    String archivePath,
    boolean tainted,
    Sidecar sidecar,
    long claimedAt) {

  /** The file's name without its folder. */
  public String name() {
    return source.getFileName().toString();
  }

  /** Whether nothing is known yet of how it is to be sent. */
  public boolean isWithoutSession() {
    return plan == null;
  }

  /** Whether one call is to send the whole file. */
  public boolean isWhole() {
    return plan.whole();
  }

  /** Whether it goes into an upload session that somebody else has opened. */
  public boolean isInGivenSession() {
    return sidecar != null && sidecar.mediaUploadId() != null;
  }

  /** Whether the API has yet to get the file. */
  public boolean isToUpload() {
    return state == DropState.CLAIMED || state == DropState.OPENED || state == DropState.WAITING;
  }

  /** Whether only the API knows if it has the file. */
  public boolean isInDoubt() {
    return state == DropState.SENDING || state == DropState.COMPLETING;
  }

  /**
   * Whether its file is gone, as far as can be said: while the whole folder of its lane is away,
   * nothing can.
   */
  public boolean hasVanished() {
    return !Files.isRegularFile(source, LinkOption.NOFOLLOW_LINKS)
        && Files.isDirectory(folderOfLane());
  }

  /**
   * Whether a file of the same length lies where the drop's was.
   *
   * @throws IOException if there is nothing, or it cannot be looked at
   */
  public boolean isAsLongAsClaimed() throws IOException {
    FileStamp stamp = FileStamp.of(source);
    return stamp.kind() == FileStamp.Kind.FILE && stamp.size() == size;
  }

  /** The folder of its lane, as its file was claimed in it. */
  public Path folderOfLane() {
    Path folder = source;
    for (int i = 0; i < Path.of(path).getNameCount(); i++) {
      folder = folder.getParent();
    }
    return folder;
  }

  /** The same drop, further on. */
  public Drop in(DropState next) {
    return new Drop(
        id,
        lane,
        connection,
        source,
        path,
        size,
        modified,
        next,
        attempts,
        dueAt,
        contentType,
        plan,
        archivePath,
        tainted,
        sidecar,
        claimedAt);
  }

  /** The same drop, which is to be sent as this type. */
  public Drop withType(String type) {
    return new Drop(
        id,
        lane,
        connection,
        source,
        path,
        size,
        modified,
        state,
        attempts,
        dueAt,
        type,
        plan,
        archivePath,
        tainted,
        sidecar,
        claimedAt);
  }

  /** The same drop with an upload session, or with none where the plan is null. */
  public Drop with(UploadPlan session) {
    DropState next = session == null ? DropState.CLAIMED : DropState.OPENED;
    return new Drop(
        id,
        lane,
        connection,
        source,
        path,
        size,
        modified,
        next,
        attempts,
        dueAt,
        contentType,
        session,
        archivePath,
        tainted,
        sidecar,
        claimedAt);
  }

  /** The same drop, uploaded and with its place in the archive. */
  public Drop uploaded(String reservedPath, boolean changedMeanwhile) {
    return new Drop(
        id,
        lane,
        connection,
        source,
        path,
        size,
        modified,
        DropState.UPLOADED,
        attempts,
        dueAt,
        contentType,
        plan,
        reservedPath,
        changedMeanwhile,
        sidecar,
        claimedAt);
  }

  /** The lane and the path below it, safe to print. */
  @Override
  public String toString() {
    return lane + " " + Printable.of(path);
  }
}
