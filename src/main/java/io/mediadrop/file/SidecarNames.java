package io.mediadrop.file;

import java.nio.file.Path;

/** Which sidecar belongs to which media file: {@code IMG_1.jpg.meta.json} to {@code IMG_1.jpg}. */
public final class SidecarNames {

  /** What a sidecar's name has more than its media file's, to the letter. */
  public static final String SUFFIX = ".meta.json";

  private SidecarNames() {}

  /** Whether a file of this name, or at this path, is a sidecar. */
  public static boolean isSidecar(String name) {
    return name.endsWith(SUFFIX);
  }

  /** The sidecar of a media file, whether it is there or not. */
  public static Path of(Path media) {
    return media.resolveSibling(media.getFileName() + SUFFIX);
  }

  /** The sidecar of a media file at this path. */
  public static String of(String media) {
    return media + SUFFIX;
  }

  /** The media file of a sidecar, whether it is there or not. */
  public static Path mediaOf(Path sidecar) {
    return sidecar.resolveSibling(mediaOf(sidecar.getFileName().toString()));
  }

  /** The media file of a sidecar at this path. */
  public static String mediaOf(String sidecar) {
    return sidecar.substring(0, sidecar.length() - SUFFIX.length());
  }
}
