package io.mediadrop.ledger;

import io.mediadrop.drop.Drop;
import io.mediadrop.drop.DropState;
import java.util.List;

/** Uploads as they are after a crash that came before the ledger knew that they were filed. */
public final class Unfiled {

  private Unfiled() {}

  /** Makes all uploads such that meet a condition, and returns what is still to be filed. */
  public static List<Drop> again(Ledger ledger, String condition) {
    ledger.write(
        handle ->
            handle.execute(
                "INSERT INTO work (id, lane, connection, source, path, size, modified, file_key,"
                    + " state, attempts, content_type, media_upload_id, plan, resent, md5, sidecar,"
                    + " claimed_at) SELECT id, lane, connection, source, path, size, modified, '',"
                    + " 'UPLOADED', attempts, content_type, media_upload_id, plan, resent, md5,"
                    + " sidecar, claimed_at FROM uploads WHERE "
                    + condition));
    return ledger.in(DropState.UPLOADED);
  }
}
