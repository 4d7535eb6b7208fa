package io.mediadrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.drop.Drop;
import io.mediadrop.drop.DropState;
import io.mediadrop.drop.UploadPlan;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnderWayTest {

  private static final UploadPlan SESSION = new UploadPlan("u1", true, List.of(), null, 0);

  private final UnderWay underWay = new UnderWay();

  @Test
  void whatWasClaimedEarlierGoesFirst() {
    Drop first = underWay.taken(drop(2, "one", 100, 1_000));
    Drop second = underWay.taken(drop(1, "one", 100, 1_001));

    assertThat(underWay.before(second).inHand()).containsExactly(first);
    assertThat(underWay.before(first).inHand()).isEmpty();
  }

  @Test
  void whatHasASessionGoesFirstAndWaitsForNobody() {
    Drop first = underWay.taken(drop(1, "one", 100, 1_000));
    Drop opened = underWay.taken(drop(2, "one", 100, 1_001)).with(SESSION);
    underWay.moved(opened);

    assertThat(underWay.before(first).inHand()).containsExactly(opened);
    assertThat(underWay.before(opened).inHand()).isEmpty();
  }

  @Test
  void anotherSizeOrConnectionIsNothingToIt() {
    underWay.taken(drop(1, "one", 99, 1_000));
    underWay.taken(drop(2, "two", 100, 1_000));
    underWay.rests(3, 99);

    assertThat(underWay.before(drop(4, "one", 100, 1_001)))
        .isEqualTo(new UnderWay.Before(List.of(), false));
  }

  @Test
  void whatIsLetGoRestsUntilItIsTakenAgain() {
    Drop waiting = underWay.taken(drop(1, "one", 100, 1_000));
    Drop later = drop(2, "one", 100, 1_001);
    underWay.moved(waiting.in(DropState.WAITING));
    underWay.letGo(1);
    assertThat(underWay.before(later)).isEqualTo(new UnderWay.Before(List.of(), true));

    underWay.taken(waiting);
    assertThat(underWay.before(later)).isEqualTo(new UnderWay.Before(List.of(waiting), false));
  }

  @Test
  void whatHasEndedIsNotUnderWay() {
    Drop failed = underWay.taken(drop(1, "one", 100, 1_000));
    underWay.moved(failed.in(DropState.FAILED));
    assertThat(underWay.before(drop(2, "one", 100, 1_001)).inHand()).isEmpty();
    underWay.letGo(1);
    assertThat(underWay.before(drop(2, "one", 100, 1_001)).othersRest()).isFalse();

    underWay.taken(drop(3, "one", 100, 1_000));
    underWay.uploaded(3);
    assertThat(underWay.before(drop(4, "one", 100, 1_001)))
        .isEqualTo(new UnderWay.Before(List.of(), false));
  }

  private static Drop drop(long id, String connection, long size, long claimedAt) {
    return new Drop(
        id,
        "default",
        connection,
        Path.of("/drop/" + id + ".jpg"),
        id + ".jpg",
        size,
        1,
        DropState.CLAIMED,
        1,
        0,
        null,
        null,
        null,
        false,
        null,
        claimedAt);
  }
}
