package io.mediadrop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HeapCareTest {

  private static final long MIB = 1 << 20;

  private final AtomicLong used = new AtomicLong();
  private final AtomicLong needed = new AtomicLong();
  private final AtomicInteger cleanUps = new AtomicInteger();
  private final HeapCare care =
      new HeapCare(
          used::get,
          () -> {
            cleanUps.incrementAndGet();
            used.set(needed.get());
          });

  private int cleanUpsAt(long mib) {
    used.set(mib * MIB);
    care.look();
    return cleanUps.get();
  }

  @Test
  void leavesALittleHeapAlone() {
    assertThat(cleanUpsAt(50)).isZero();
  }

  @Test
  void cleansUpAgainOnceTwiceAsMuchIsInUse() {
    needed.set(40 * MIB);
    assertThat(cleanUpsAt(60)).isOne();
    assertThat(cleanUpsAt(79)).isOne();
    assertThat(cleanUpsAt(81)).isEqualTo(2);
  }

  @Test
  void doesNotCleanUpAgainAndAgainWhatIsNeeded() {
    needed.set(150 * MIB);
    cleanUpsAt(160);
    care.look();
    care.look();
    assertThat(cleanUps).hasValue(1);
  }
}
