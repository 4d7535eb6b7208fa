package io.mediadrop.delivery;

import io.mediadrop.api.ApiUrls;
import io.mediadrop.api.PlanRefused;
import io.mediadrop.api.TrustedOrigins;
import io.mediadrop.api.UploadApi;
import io.mediadrop.drop.Drop;
import io.mediadrop.drop.NotAccepted;
import io.mediadrop.drop.Part;
import io.mediadrop.drop.Reason;
import io.mediadrop.drop.UploadPlan;
import io.mediadrop.ledger.Ledger;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Upload sessions that others have opened and that a sidecar names. Nothing but the name is known
 * of one, so the file goes up whole; and it is used once, whatever becomes of that.
 */
class GivenSessions {

  /** What to do about a session that cannot be used, or not any more. */
  static final String REMEDY =
      "look into the vault whether the media is there; only if it is not, write the mediaUploadId"
          + " of a new session into the sidecar, or take it out, and retry";

  private final ApiUrls urls;
  private final TrustedOrigins trustedOrigins;
  private final Ledger ledger;

  GivenSessions(UploadApi api, Ledger ledger) {
    urls = api.urls();
    trustedOrigins = api.origins();
    this.ledger = ledger;
  }

  /**
   * The drop with a plan for its session, which is one PUT of the whole file. The ledger has it
   * before any byte is sent there.
   *
   * @throws NotAccepted if another file may have gone into the session
   * @throws PlanRefused if the address is none that may be called
   */
  Drop use(Drop drop) throws NotAccepted, PlanRefused {
    return ledger.opened(drop, plan(drop));
  }

  private UploadPlan plan(Drop drop) throws NotAccepted, PlanRefused {
    String session = drop.sidecar().mediaUploadId();
    if (!ledger.write(handle -> take(handle, drop, session))) {
      throw new NotAccepted(
          new Reason(
              "The upload session %s that its sidecar names was used before.".formatted(session),
              "whoever wrote the sidecar, or it is back after an upload without a clear answer",
              REMEDY));
    }
    String url = trustedOrigins.check(urls.whole(session));
    List<Part> whole = List.of(new Part(1, url, 0, drop.size()));
    return new UploadPlan(session, true, whole, trustedOrigins.check(urls.complete()), 0);
  }

  /** Makes the session the drop's own, unless another has it or may have sent something to it. */
  private static boolean take(Handle handle, Drop drop, String session) {
    return handle
            .createUpdate(
                "UPDATE work SET media_upload_id = :session WHERE id = :id AND NOT EXISTS"
                    + " (SELECT 1 FROM drops WHERE sidecar IS NOT NULL"
                    + " AND media_upload_id = :session AND id <> :id"
                    + " AND (doubt_since IS NOT NULL"
                    + " OR state NOT IN ('FAILED', 'FAILED_MOVED')))")
            .bind("session", session)
            .bind("id", drop.id())
            .execute()
        == 1;
  }
}
