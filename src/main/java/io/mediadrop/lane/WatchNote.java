package io.mediadrop.lane;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mediadrop.base.Printable;
import java.io.IOException;

/**
 * What the note in a watched folder says: who watches it, and a number that grows while they do.
 *
 * @param home the home's folder on its machine
 * @param host the machine's name
 * @param process the number of the process
 * @param homeId the same for all runs on one home, and for no other home
 * @param instance another one for each run
 * @param started when the run began, by its machine's clock; for people
 * @param beat grows as long as the run lasts
 * @param lane whose folder it is
 * @param left whether the run has ended in good order since
 */
record WatchNote(
    String home,
    String host,
    long process,
    String homeId,
    String instance,
    String started,
    long beat,
    String lane,
    boolean left) {

  /** What a note says; whatever is not in it is empty. */
  static WatchNote of(byte[] text, ObjectMapper json) {
    JsonNode note = json.missingNode();
    try {
      note = json.readTree(text);
    } catch (IOException unreadable) {
      // it is just being written, or nobody's; who changes it lives all the same
      note = json.missingNode();
    }
    return new WatchNote(
        note.path("home").asText(),
        note.path("host").asText(),
        note.path("process").asLong(),
        note.path("homeId").asText(),
        note.path("instance").asText(),
        note.path("started").asText(),
        note.path("beat").asLong(),
        note.path("lane").asText(),
        note.path("left").asBoolean());
  }

  /**
   * Whether it may well be an earlier run's on this very home that has written this: at the same
   * place, with another id since the home's data were deleted.
   */
  boolean isOfEarlierRun(WatchNote now) {
    return home.equals(now.home) && host.equals(now.host) && !homeId.equals(now.homeId);
  }

  /** The note as it is written next. */
  WatchNote next() {
    return new WatchNote(home, host, process, homeId, instance, started, beat + 1, lane, left);
  }

  /** The note in the folder of this lane. */
  WatchNote of(String lane) {
    return new WatchNote(home, host, process, homeId, instance, started, beat, lane, left);
  }

  /** The note that stays when the run ends. */
  WatchNote leaving() {
    return new WatchNote(home, host, process, homeId, instance, started, beat, lane, true);
  }

  byte[] text(ObjectMapper json) {
    ObjectNode note = json.createObjectNode();
    note.put("home", home);
    note.put("host", host);
    note.put("process", process);
    note.put("homeId", homeId);
    note.put("instance", instance);
    note.put("started", started);
    note.put("beat", beat);
    note.put("lane", lane);
    if (left) {
      note.put("left", true);
    }
    try {
      return json.writeValueAsBytes(note);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a note could not be written", e);
    }
  }

  /** Whose note it is, for people. */
  @Override
  public String toString() {
    return home.isEmpty()
        ? "another mediadrop"
        : "the mediadrop of the home %s on %s (process %d)"
            .formatted(Printable.of(home), Printable.of(host), process);
  }
}
