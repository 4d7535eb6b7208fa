package io.mediadrop.sandbox;

import java.io.IOException;
import java.util.Collection;
import java.util.HexFormat;

/** Turns what a session received into a medium of the vault and a line of the oracle. */
final class Finishing {
  private final SandboxOptions options;
  private final UploadLog log;

  Finishing(SandboxOptions options, UploadLog log) {
    this.options = options;
    this.log = log;
  }

  /** Finishes an upload that came whole. */
  MediaItem finish(UploadSession session, Checksums checksums) throws IOException, Refused {
    String md5 = checksums.md5();
    String etag = md5 == null ? "unhashed-" + session.id() : md5;
    return add(session, checksums.sha256(), md5, etag, 0);
  }

  /** Finishes an upload whose parts are all there. */
  MediaItem complete(UploadSession session) throws IOException, Refused {
    synchronized (session) {
      Collection<StoredPart> parts = session.allParts().values();
      Checksums whole = Checksums.of(options.hashing);
      for (StoredPart part : parts) {
        part.addTo(whole);
      }
      String md5 = whole.md5();
      return add(session, whole.sha256(), md5, etag(session, parts, md5), parts.size());
    }
  }

  private String etag(UploadSession session, Collection<StoredPart> parts, String md5) {
    if (md5 == null) {
      return "unhashed-" + session.id();
    }
    if (options.etagForm == EtagForm.OF_WHOLE || !session.layout().multipart()) {
      return md5;
    }
    Checksums ofParts = Checksums.of(Hashing.MD5);
    for (StoredPart part : parts) {
      ofParts.update(HexFormat.of().parseHex(part.md5()), 16);
    }
    return ofParts.md5() + "-" + parts.size();
  }

  private MediaItem add(UploadSession session, String sha256, String md5, String etag, int parts)
      throws IOException, Refused {
    Vault vault = session.connection().vault();
    InitRequest file = session.file();
    Upload upload =
        new Upload(
            file.filename(),
            file.size(),
            sha256,
            md5,
            etag,
            file.contentType(),
            session.connection().id(),
            session.id(),
            vault.nextId(),
            parts,
            options.clock.instant());
    MediaItem item = new MediaItem(upload, options.media.apply(file.filename()), options.clock);
    if (file.vaultUpload()) {
      item.use();
    }
    session.complete(item);
    log.add(upload);
    vault.add(item);
    return item;
  }
}
