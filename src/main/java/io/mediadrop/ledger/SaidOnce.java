package io.mediadrop.ledger;

import io.mediadrop.drop.Drop;
import java.util.LinkedHashMap;
import java.util.Map;

/** Remembers of which drops something was said lately, so that it is not said at every try. */
public final class SaidOnce {

  private static final int MOST = 1_000;

  private final Map<Long, Boolean> said =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Boolean> eldest) {
          return size() > MOST;
        }
      };

  /** True the first time for a drop. */
  public synchronized boolean isNew(Drop drop) {
    return said.put(drop.id(), true) == null;
  }
}
