package io.mediadrop.readiness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mediadrop.api.ApiCall;
import io.mediadrop.api.ApiCalls;
import io.mediadrop.api.UnreadableAnswer;
import io.mediadrop.api.Verdict;
import io.mediadrop.base.Printable;
import io.mediadrop.drop.ApiAnswer;
import io.mediadrop.drop.Drop;
import io.mediadrop.drop.MediaStatus;
import io.mediadrop.drop.Uploaded;
import io.mediadrop.lane.Lane;
import io.mediadrop.ledger.ReadinessRecords;
import io.mediadrop.ledger.UploadRecords;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for the media of an upload among the most recent ones of its connection: by its id, or
 * where the API has named none yet by the size of the file, if no other media can be meant.
 */
public class VaultSearch {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  /**
   * Of so many questions by checksum whose answer is a media in the making, one is not believed.
   */
  private static final int DOUBTED = 4;

  private static final Duration CLOSED = Duration.ofHours(1);

  /** What says that listing is not for this lane, while its uploads go well. */
  private static final Set<Verdict> CLOSING =
      EnumSet.of(
          Verdict.REFUSED, Verdict.LANE_REFUSED, Verdict.WRONG_ADDRESS, Verdict.SESSION_GONE);

  private final Map<String, Long> closedAt = new ConcurrentHashMap<>();
  private ApiCalls apiCalls;
  private UploadRecords uploadRecords;
  private ReadinessRecords records;

  /** Whether a further page is to be listed. */
  public boolean isToGoOn(@Body FollowUp followUp) {
    return isNeeded(followUp)
        && !isClosed(followUp.lane())
        && followUp.turn().listing().hasMore(followUp.uploaded().claimedAt())
        && find(followUp).isEmpty();
  }

  private static boolean isNeeded(FollowUp followUp) {
    return switch (MediaStatus.of(followUp.media())) {
      case ABSENT -> true;
      case PROCESSING -> followUp.awaited().asked() % DOUBTED == DOUBTED - 1;
      default -> false;
    };
  }

  private boolean isClosed(Lane lane) {
    Long at = closedAt.get(lane.name());
    return at != null && System.nanoTime() - at < CLOSED.toNanos();
  }

  /** Asks for the next page. */
  public ApiCall nextPage(@Body FollowUp followUp) {
    return apiCalls.recentMedia(
        followUp.lane(), followUp.drop(), VaultListing.PAGE, followUp.turn().listing().offset());
  }

  /** Takes a page. */
  public void listed(@Body FollowUp followUp, @Variable("answer") ApiAnswer answer) {
    followUp.turn().listing().add(answer.json());
  }

  /** Closes this way to the lane for a while if it leads nowhere; its uploads go on. */
  public FollowUp refused(
      @Variable("followUp") FollowUp followUp,
      @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure)
      throws Exception {
    Lane lane = followUp.lane();
    if (!(failure instanceof UnreadableAnswer) && !CLOSING.contains(Verdict.on(failure))) {
      throw failure;
    }
    if (closedAt.put(lane.name(), System.nanoTime()) == null) {
      LOG.warn(
          "Lane {} cannot list the vault (which needs vault:read), so that its media are only asked"
              + " for by their checksum: {}",
          lane,
          Printable.of(failure.getMessage()));
    }
    return followUp;
  }

  /** Adds the media as it was listed, or else leaves it as it was known before. */
  public FollowUp found(@Body FollowUp followUp) {
    return isNeeded(followUp) ? find(followUp).map(followUp::with).orElse(followUp) : followUp;
  }

  private Optional<JsonNode> find(FollowUp followUp) {
    String id = followUp.uploaded().media().path("id").asText("");
    return id.isEmpty() ? bySize(followUp) : followUp.turn().listing().byId(id);
  }

  private Optional<JsonNode> bySize(FollowUp followUp) {
    Drop drop = followUp.drop();
    Uploaded uploaded = followUp.uploaded();
    List<JsonNode> alike =
        followUp.turn().listing().media().stream()
            .filter(media -> media.path("files").path("full").path("size").asLong() == drop.size())
            .filter(media -> VaultListing.isSince(media, uploaded.claimedAt()))
            .filter(media -> !uploadRecords.isAnothers(drop, asAnswer(media)))
            .toList();
    return alike.size() == 1 && !records.hasUnknownTwin(drop)
        ? Optional.of(alike.get(0))
        : Optional.empty();
  }

  private static JsonNode asAnswer(JsonNode media) {
    return JsonNodeFactory.instance.objectNode().set("media", media);
  }

  public void setApiCalls(ApiCalls apiCalls) {
    this.apiCalls = apiCalls;
  }

  public void setUploadRecords(UploadRecords uploadRecords) {
    this.uploadRecords = uploadRecords;
    records = uploadRecords.readiness();
  }
}
