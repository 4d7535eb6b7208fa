package io.mediadrop.delivery;

import io.mediadrop.api.PlanReader;
import io.mediadrop.api.PlanRefused;
import io.mediadrop.api.UnreadableAnswer;
import io.mediadrop.api.UploadApi;
import io.mediadrop.drop.ApiAnswer;
import io.mediadrop.drop.Drop;
import io.mediadrop.drop.NotAccepted;
import io.mediadrop.ledger.Ledger;
import java.time.Clock;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** The upload sessions of drops, as the API opens and ends them. */
public class Sessions {

  private final Clock clock = Clock.systemUTC();
  private Ledger ledger;
  private UploadApi api;
  private PlanReader planReader;
  private GivenSessions givenSessions;

  /** Begins. */
  public void open() {
    planReader = api.plans();
    givenSessions = new GivenSessions(api, ledger);
  }

  /** Whether nothing is known yet of how the file is to be sent. */
  public boolean isToOpen(@Body Drop drop) {
    return drop.isWithoutSession();
  }

  /** Whether the file goes into a session that somebody else has opened. */
  public boolean isGiven(@Body Drop drop) {
    return drop.isInGivenSession();
  }

  /** The drop without its session if that has expired, which the ledger gives up then. */
  public Drop giveUpExpired(@Body Drop drop) {
    return drop.plan() != null && drop.plan().hasExpired(clock.millis())
        ? ledger.withoutSession(drop)
        : drop;
  }

  /**
   * The drop with the session that its sidecar names, which the ledger has by then.
   *
   * @throws NotAccepted if another file may have gone into the session
   * @throws PlanRefused if the address is none that may be called
   */
  public Drop given(@Body Drop drop) throws NotAccepted, PlanRefused {
    return givenSessions.use(drop);
  }

  /**
   * The drop with the session that the API has opened for it, which the ledger has by then.
   *
   * @throws PlanRefused if its plan cannot be followed safely
   * @throws UnreadableAnswer if the answer names no upload session
   */
  public Drop opened(@Body Drop drop, @Variable("answer") ApiAnswer answer)
      throws PlanRefused, UnreadableAnswer {
    return ledger.opened(drop, planReader.read(answer, drop));
  }

  public void setLedger(Ledger ledger) {
    this.ledger = ledger;
  }

  public void setApi(UploadApi api) {
    this.api = api;
  }
}
