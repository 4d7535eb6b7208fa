package io.mediadrop.delivery;

import io.mediadrop.api.Checksums;
import io.mediadrop.drop.Drop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Tells by which checksum the API would know what was sent of a drop, whatever its file is now. */
class SentContent {

  private final Checksums checksums = new Checksums();

  /** The checksum of what was sent; empty where the ledger does not know it. */
  Optional<String> checksum(Handle handle, Drop drop) {
    if (drop.plan() == null) {
      return Optional.empty();
    }
    return drop.plan().whole() ? whole(handle, drop) : parts(handle, drop);
  }

  private static Optional<String> whole(Handle handle, Drop drop) {
    return handle
        .createQuery("SELECT md5 FROM work WHERE id = ? AND md5 IS NOT NULL")
        .bind(0, drop.id())
        .mapTo(String.class)
        .findOne();
  }

  private Optional<String> parts(Handle handle, Drop drop) {
    List<String> digests = new ArrayList<>();
    handle
        .createQuery("SELECT md5 FROM parts WHERE drop_id = ? ORDER BY number")
        .bind(0, drop.id())
        .mapTo(String.class)
        .forEach(digests::add);
    return digests.size() == drop.plan().size() && !digests.contains(null)
        ? Optional.of(checksums.ofParts(digests))
        : Optional.empty();
  }
}
