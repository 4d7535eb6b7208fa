package io.mediadrop.readiness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mediadrop.api.ApiUrls;
import io.mediadrop.api.UnreadableAnswer;
import io.mediadrop.api.Verdict;
import io.mediadrop.base.Printable;
import io.mediadrop.drop.Awaited;
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
  private ApiUrls urls;
  private UploadRecords uploadRecords;
  private ReadinessRecords records;

  /** Whether a further page is to be listed. */
  public boolean isToGoOn(
      @Variable("turn") Turn turn,
      @Variable("awaited") Awaited awaited,
      @Variable("drop") Drop drop,
      @Variable("uploaded") Uploaded uploaded,
      @Variable("media") JsonNode media) {
    return isNeeded(awaited, media)
        && !isClosed(turn.lane())
        && turn.listing().hasMore(uploaded.claimedAt())
        && find(turn, drop, uploaded).isEmpty();
  }

  private static boolean isNeeded(Awaited awaited, JsonNode media) {
    return switch (MediaStatus.of(media)) {
      case ABSENT -> true;
      case PROCESSING -> awaited.asked() % DOUBTED == DOUBTED - 1;
      default -> false;
    };
  }

  private boolean isClosed(Lane lane) {
    Long at = closedAt.get(lane.name());
    return at != null && System.nanoTime() - at < CLOSED.toNanos();
  }

  /** The address of the next page. */
  public String nextPage(@Variable("turn") Turn turn) {
    return urls.recentMedia(VaultListing.PAGE, turn.listing().offset());
  }

  /** Takes a page. */
  public void listed(@Body JsonNode answer, @Variable("turn") Turn turn) {
    turn.listing().add(answer);
  }

  /** Closes this way to the lane for a while if it leads nowhere; its uploads go on. */
  public void refused(
      @Variable("lane") Lane lane, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure)
      throws Exception {
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
  }

  /** The media as it was listed, or else as it was known before. */
  public JsonNode found(
      @Variable("turn") Turn turn,
      @Variable("awaited") Awaited awaited,
      @Variable("drop") Drop drop,
      @Variable("uploaded") Uploaded uploaded,
      @Variable("media") JsonNode media) {
    return isNeeded(awaited, media) ? find(turn, drop, uploaded).orElse(media) : media;
  }

  private Optional<JsonNode> find(Turn turn, Drop drop, Uploaded uploaded) {
    String id = uploaded.media().path("id").asText("");
    return id.isEmpty() ? bySize(turn, drop, uploaded) : turn.listing().byId(id);
  }

  private Optional<JsonNode> bySize(Turn turn, Drop drop, Uploaded uploaded) {
    List<JsonNode> alike =
        turn.listing().media().stream()
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

  public void setUrls(ApiUrls urls) {
    this.urls = urls;
  }

  public void setUploadRecords(UploadRecords uploadRecords) {
    this.uploadRecords = uploadRecords;
  }

  public void setRecords(ReadinessRecords records) {
    this.records = records;
  }
}
