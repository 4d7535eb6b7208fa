package io.mediadrop.ledger;

import io.mediadrop.api.UploadPlan;
import io.mediadrop.source.Printable;
import java.nio.file.Path;

/**
 * One file, at one place, with one content, as the ledger knows it.
 *
 * @param id names the drop for ever
 * @param lane the lane's name
 * @param source where the file lay when it was claimed, absolute
 * @param path the same below the lane's folder
 * @param size in bytes
 * @param modified last modification, nanoseconds since the epoch
 * @param fileKey the file's key then; a hint only
 * @param state how far it has come
 * @param attempts how often its upload was begun
 * @param dueAt when it is to be tried again, milliseconds since the epoch; 0 for now
 * @param contentType what was sent as its type; null before the session is opened
 * @param plan the upload session and its parts; null before that
 * @param archivePath its place below the archive; null before it is uploaded
 */
public record Drop(
    String id,
    String lane,
    Path source,
    String path,
    long size,
    long modified,
    String fileKey,
    DropState state,
    int attempts,
    long dueAt,
    String contentType,
    UploadPlan plan,
    String archivePath) {

  /** The file's name without its folder. */
  public String name() {
    return source.getFileName().toString();
  }

  /** Whether the API has yet to get the file, and nothing keeps it from being sent now. */
  public boolean isToUpload() {
    return switch (state) {
      case CLAIMED, OPENED, WAITING -> true;
      default -> false;
    };
  }

  /** The same drop, further on. */
  public Drop in(DropState next) {
    return new Drop(
        id,
        lane,
        source,
        path,
        size,
        modified,
        fileKey,
        next,
        attempts,
        dueAt,
        contentType,
        plan,
        archivePath);
  }

  /** The same drop with an upload session. */
  public Drop opened(UploadPlan session, String type) {
    return new Drop(
        id,
        lane,
        source,
        path,
        size,
        modified,
        fileKey,
        DropState.OPENED,
        attempts,
        dueAt,
        type,
        session,
        archivePath);
  }

  /** The same drop, uploaded and with its place in the archive. */
  public Drop uploaded(String reservedPath) {
    return new Drop(
        id,
        lane,
        source,
        path,
        size,
        modified,
        fileKey,
        DropState.UPLOADED,
        attempts,
        dueAt,
        contentType,
        plan,
        reservedPath);
  }

  /** The lane and the path below it, safe to print. */
  @Override
  public String toString() {
    return lane + " " + Printable.of(path);
  }
}
