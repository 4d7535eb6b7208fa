package io.mediadrop.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The answers that were recorded last, as they were read when they came: who files the drop soon
 * need not read them again. Each is kept until it is asked for once.
 */
class RecentAnswers {

  /** More of them would grow old in the heap, and cost more than to read them again. */
  private static final int MOST = 100;

  private record Recent(String text, JsonNode answer) {}

  private final Map<Long, Recent> recent =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Recent> eldest) {
          return size() > MOST;
        }
      };

  synchronized void add(long dropId, String text, JsonNode answer) {
    recent.put(dropId, new Recent(text, answer));
  }

  /** The answer to a drop; null if nobody knows it any more. */
  synchronized JsonNode of(long dropId) {
    Recent known = recent.get(dropId);
    return known == null ? null : known.answer();
  }

  /** What this text was read as; null if nobody knows any more. */
  synchronized JsonNode take(long dropId, String text) {
    Recent known = recent.remove(dropId);
    return known != null && known.text().equals(text) ? known.answer() : null;
  }
}
