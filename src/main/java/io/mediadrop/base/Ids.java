package io.mediadrop.base;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Makes ids that grow with time (UUIDs of version 7, RFC 9562): rows that are written together lie
 * together, where random ids would touch a page of the database each.
 */
public final class Ids {

  private static final long VERSION = 0x7000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  private Ids() {}

  /** An id that no other row has. */
  public static UUID next() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long time = System.currentTimeMillis() << 16;
    return new UUID(time | VERSION | random.nextInt(1 << 12), VARIANT | random.nextLong() >>> 2);
  }
}
