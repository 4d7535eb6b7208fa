package io.mediadrop.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.ledger.EventType;
import io.mediadrop.ledger.Events;
import io.mediadrop.ledger.Untold;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EndpointHealthTest {

  private static final int MOST = 200;
  private static final String ENDPOINT = "notify.default";

  private Instant now = Instant.parse("2026-05-01T12:00:00Z");
  private final EndpointHealth health = new EndpointHealth();

  private void refused(String endpoint, Duration pause, Duration next) {
    health.refused(
        delivery(endpoint),
        new DeliveryFailure("it answered with status 503", false, pause),
        next,
        now,
        () -> 1);
  }

  private static Delivery delivery(String endpoint) {
    Untold untold = new Untold(1, "evt_1", EventType.MEDIA_UPLOADED, 1, 0, 0, 0, "{}");
    return new Delivery(untold, endpoint, false, null);
  }

  private void refusedTwice(Duration next) {
    refused(ENDPOINT, Duration.ZERO, next);
    refused(ENDPOINT, Duration.ZERO, next);
  }

  private int roomAfter(String endpoint, Duration time) {
    return health.room(endpoint, MOST, now.plus(time));
  }

  private boolean isToBeTriedAfter(Duration time) {
    return health.isToBeTried(ENDPOINT, now.plus(time));
  }

  @Test
  void triesAnotherDeliveryAtOnceWhereOneWasRefused() {
    refused(ENDPOINT, Duration.ZERO, Duration.ofSeconds(5));

    assertThat(roomAfter(ENDPOINT, Duration.ZERO)).isOne();
  }

  @Test
  void triesNoFurtherDeliveryBeforeTheOnesThatFailed() {
    refusedTwice(Duration.ofSeconds(5));

    assertThat(roomAfter(ENDPOINT, Duration.ofMillis(4_999))).isZero();
    assertThat(roomAfter(ENDPOINT, Duration.ofSeconds(5))).isOne();
    health.took(delivery(ENDPOINT));
    assertThat(roomAfter(ENDPOINT, Duration.ZERO)).isEqualTo(8);
  }

  @Test
  void looksWhetherAnOutageIsOverEvenIfAllWaitForLongLessAndLessOften() {
    refusedTwice(Duration.ofHours(24));

    assertThat(isToBeTriedAfter(Duration.ofMillis(4_999))).isFalse();
    assertThat(isToBeTriedAfter(Duration.ofSeconds(5))).isTrue();
    for (int tried = 0; tried < 20; tried++) {
      now = now.plus(Duration.ofMinutes(5));
      refused(ENDPOINT, Duration.ZERO, Duration.ofHours(24));
    }
    assertThat(isToBeTriedAfter(Duration.ofMinutes(5).minusMillis(1))).isFalse();
    assertThat(isToBeTriedAfter(Duration.ofMinutes(5))).isTrue();
  }

  @Test
  void leavesAnEndpointAloneForAsLongAsItAsks() {
    refused(ENDPOINT, Duration.ofHours(1), Duration.ofHours(1));

    assertThat(roomAfter(ENDPOINT, Duration.ofMinutes(59))).isZero();
    assertThat(roomAfter(ENDPOINT, Duration.ofHours(1))).isOne();
  }

  @Test
  void goesOnWithFilesOfOtherServers() {
    refused(Events.ASSETS, Duration.ZERO, Duration.ofHours(24));
    refused(Events.ASSETS, Duration.ZERO, Duration.ofHours(24));

    assertThat(roomAfter(Events.ASSETS, Duration.ZERO)).isOne();
  }
}
