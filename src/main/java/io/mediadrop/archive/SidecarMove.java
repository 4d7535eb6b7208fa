package io.mediadrop.archive;

import io.mediadrop.ledger.Drop;
import io.mediadrop.sidecar.Sidecar;
import io.mediadrop.sidecar.SidecarNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves a sidecar after its media file. It can be repeated after a crash at any step. */
final class SidecarMove {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  private SidecarMove() {}

  /**
   * Puts the sidecar of a drop, if it has one, beside the place of its file below a folder. One
   * that was changed since it was read is left where it is: it may be the next file's.
   */
  static void after(Drop drop, Path folder, String place) throws IOException {
    Sidecar sidecar = drop.sidecar();
    if (sidecar == null) {
      return;
    }
    Path source = SidecarNames.of(drop.source());
    Path target = folder.resolve(FileNames.sidecar(place));
    if (sidecar.isAt(target)) {
      if (sidecar.isAt(source)) {
        Files.delete(source);
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
}
