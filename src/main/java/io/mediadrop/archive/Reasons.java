package io.mediadrop.archive;

import io.mediadrop.base.Printable;
import io.mediadrop.drop.Drop;
import io.mediadrop.drop.Reason;
import io.mediadrop.file.FileNames;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Writes the four lines that tell a person why a file was not uploaded. */
final class Reasons {

  private Reasons() {}

  /**
   * The reason for a failed drop whose file goes to this place, and back to the folder to retry.
   */
  static byte[] write(Drop drop, Reason reason, Path target, String folder) {
    return """
        What happened: %s was not uploaded. %s
        Whose fault:   %s
        What to do:    %s
        How to retry:  move %s back into %s
        """
        .formatted(
            Printable.of(drop.path()),
            Printable.of(reason.what()),
            Printable.of(reason.fault()),
            Printable.of(reason.remedy()),
            withSidecar(drop, target.getFileName().toString()),
            folder)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String withSidecar(Drop drop, String name) {
    return drop.sidecar() == null
        ? Printable.of(name)
        : Printable.of(name) + ", and its sidecar " + Printable.of(FileNames.sidecar(name)) + ",";
  }
}
