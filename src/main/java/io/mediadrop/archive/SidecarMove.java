package io.mediadrop.archive;

import io.mediadrop.drop.Drop;
import io.mediadrop.drop.Sidecar;
import io.mediadrop.file.FileNames;
import io.mediadrop.file.FileStamp;
import io.mediadrop.file.SafeMove;
import io.mediadrop.file.SidecarNames;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves a sidecar after its media file. It can be repeated after a crash at any step. */
final class SidecarMove {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  private SidecarMove() {}

  /**
   * Puts the sidecar of a drop, if it has one, beside the place to which its file was moved. One
   * that was changed since it was read is left where it is: it may be the next file's.
   */
  static void after(Drop drop, Path from, Path to) throws IOException {
    Sidecar sidecar = drop.sidecar();
    if (sidecar == null) {
      return;
    }
    Path source = from.equals(drop.source()) ? SidecarNames.of(from) : beside(from);
    Path target = beside(to);
    if (sidecar.isAt(target)) {
      if (sidecar.isAt(source)) {
        SafeMove.remove(source, FileStamp.of(source));
      }
    } else if (sidecar.isAt(source)) {
      SafeMove.move(source, target);
    } else {
      LOG.warn(
          "{}: its sidecar is gone or was changed since; what it said when the file was taken"
              + " is what counts",
          drop);
    }
  }

  private static Path beside(Path file) {
    return file.resolveSibling(FileNames.sidecar(file.getFileName().toString()));
  }
}
