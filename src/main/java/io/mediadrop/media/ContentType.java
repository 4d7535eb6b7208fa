package io.mediadrop.media;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What content type a file has.
 *
 * @param type the one to send
 * @param byName what the extension says, {@link #UNKNOWN} if it says nothing
 * @param byMagic what the first bytes say, {@link #UNKNOWN} if they say nothing
 */
public record ContentType(String type, String byName, String byMagic) {

  public static final String UNKNOWN = "application/octet-stream";

  /** Of a regular file; a link is not followed. */
  public static ContentType of(Path file) throws IOException {
    return MediaLook.at(file).type();
  }

  /** Of a file with this name, whose first bytes say this. */
  static ContentType of(String name, String byMagic) {
    String byName = TypeByName.of(name);
    boolean nameDecides = byMagic.equals(UNKNOWN) || mayBe(byName, byMagic);
    return new ContentType(nameDecides ? byName : byMagic, byName, byMagic);
  }

  /** Photo, video, gif or audio; empty for anything else. */
  public Optional<MediaKind> kind() {
    return MediaKind.of(type);
  }

  public boolean isMedia() {
    return kind().isPresent();
  }

  /** Whether name and first bytes are of one kind, or one of them says nothing. */
  public boolean agree() {
    return byName.equals(UNKNOWN) || byMagic.equals(UNKNOWN) || MediaKind.of(byName).equals(kind());
  }

  /** False if the name says a kind that is known by its first bytes, and these say nothing. */
  public boolean isConfirmed() {
    return !byMagic.equals(UNKNOWN) || Format.ofType(byName).isEmpty();
  }

  /** Sound in a container of videos, or a maker's raw photo: these look like all of their kin. */
  private static boolean mayBe(String byName, String byMagic) {
    return Format.ofType(byName).filter(format -> format.mayLookLike(byMagic)).isPresent();
  }
}
