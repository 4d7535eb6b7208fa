package io.mediadrop.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.file.FileStamp;
import io.mediadrop.file.FileStamp.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SightingsTest {

  private static final Duration SETTLE = Duration.ofSeconds(5);
  private static final int ROOM = 100;

  private final Map<Path, FileStamp> folder = new LinkedHashMap<>();
  private final Set<Path> inHand = new HashSet<>();
  private final Set<Path> unreadable = new HashSet<>();
  private long now;
  private final Sightings sightings =
      new Sightings(() -> now, SETTLE, path -> !unreadable.contains(path));

  @Test
  void letsAFileThroughOnceItHasStayedTheSame() {
    put("a.jpg", 100, 1);
    assertThat(list(ROOM)).isEmpty();

    pass(Duration.ofMillis(4999));
    assertThat(list(ROOM)).isEmpty();

    pass(Duration.ofMillis(1));
    assertThat(list(ROOM)).containsExactly("a.jpg");
  }

  @Test
  void startsToSettleAnewWithEveryChange() {
    put("a.jpg", 100, 1);
    list(ROOM);
    pass(SETTLE);
    put("a.jpg", 100, 2);
    assertThat(list(ROOM)).isEmpty();

    pass(SETTLE.minusMillis(1));
    assertThat(list(ROOM)).isEmpty();

    pass(Duration.ofMillis(1));
    assertThat(list(ROOM)).containsExactly("a.jpg");
  }

  @Test
  void noticesAChangeThatLeavesSizeAndModificationTimeAlone() {
    folder.put(Path.of("a.jpg"), new FileStamp(Kind.FILE, 100, 1, 1, "1:1"));
    list(ROOM);
    pass(SETTLE);
    folder.put(Path.of("a.jpg"), new FileStamp(Kind.FILE, 100, 1, 2, "1:1"));

    assertThat(list(ROOM)).isEmpty();
  }

  @Test
  void noticesAnotherFileUnderTheSameName() {
    folder.put(Path.of("a.jpg"), new FileStamp(Kind.FILE, 100, 1, 1, "1:1"));
    list(ROOM);
    pass(SETTLE);
    folder.put(Path.of("a.jpg"), new FileStamp(Kind.FILE, 100, 1, 1, "1:2"));

    assertThat(list(ROOM)).isEmpty();
  }

  @Test
  void trustsNoTimestamp() {
    put("from-the-past.jpg", 100, Long.MIN_VALUE);
    put("from-the-future.jpg", 100, Long.MAX_VALUE);
    assertThat(list(ROOM)).isEmpty();

    pass(SETTLE);
    assertThat(list(ROOM)).containsExactlyInAnyOrder("from-the-past.jpg", "from-the-future.jpg");
  }

  @Test
  void waitsForNoFile() {
    put("growing.mp4", 1, 1);
    put("done.jpg", 100, 1);
    list(ROOM);
    for (int second = 1; second < 5; second++) {
      pass(Duration.ofSeconds(1));
      put("growing.mp4", 1 + second, 1 + second);
      assertThat(list(ROOM)).isEmpty();
    }
    pass(Duration.ofSeconds(1));

    assertThat(list(ROOM)).containsExactly("done.jpg");
  }

  @Test
  void takesTheOldestFirst() {
    put("second.jpg", 100, 2);
    put("first.jpg", 100, 1);
    list(ROOM);
    pass(Duration.ofSeconds(1));
    put("seen-later.jpg", 100, 0);
    list(ROOM);
    pass(SETTLE);

    assertThat(list(1)).containsExactly("first.jpg");
    inHand.add(Path.of("first.jpg"));
    assertThat(list(1)).containsExactly("second.jpg");
    inHand.add(Path.of("second.jpg"));
    assertThat(list(1)).containsExactly("seen-later.jpg");
  }

  @Test
  void takesNoMoreThanThereIsRoomFor() {
    for (int n = 0; n < 10; n++) {
      put(n + ".jpg", 100, n);
    }
    list(ROOM);
    pass(SETTLE);

    assertThat(list(0)).isEmpty();
    assertThat(list(3)).containsExactly("0.jpg", "1.jpg", "2.jpg");
    assertThat(list(ROOM)).hasSize(10);
  }

  @Test
  void leavesAWorkerToThePhotosBesideLargeFiles() {
    for (int n = 0; n < 3; n++) {
      put("video" + n + ".mp4", (64L << 20) + 1, n);
    }
    put("photo1.jpg", 64L << 20, 11);
    put("photo2.jpg", 100, 12);
    list(ROOM);
    pass(SETTLE);

    Sightings.Choice choice = sightings.choose(3, 1, path -> true);
    assertThat(choice.files())
        .extracting(Path::toString)
        .containsExactly("video0.mp4", "photo1.jpg", "photo2.jpg");
    assertThat(choice.more()).isFalse();
    assertThat(choice.moreLarge()).isTrue();

    assertThat(sightings.choose(2, 0, path -> true).files())
        .extracting(Path::toString)
        .containsExactly("photo1.jpg", "photo2.jpg");
    assertThat(sightings.choose(2, 1, path -> true).more()).isTrue();
  }

  @Test
  void saysWhenTheNextFileSettles() {
    put("a.jpg", 100, 1);
    list(ROOM);
    pass(Duration.ofSeconds(2));
    put("b.jpg", 100, 2);
    list(ROOM);

    assertThat(untilNext()).isEqualTo(Duration.ofSeconds(3));
    pass(Duration.ofSeconds(3));
    assertThat(untilNext()).isEqualTo(Duration.ofSeconds(2));
    pass(Duration.ofSeconds(2));
    assertThat(sightings.choose(ROOM, ROOM, path -> true).untilNext()).isEqualTo(Long.MAX_VALUE);
  }

  private Duration untilNext() {
    return Duration.ofNanos(sightings.choose(ROOM, ROOM, path -> true).untilNext());
  }

  @Test
  void forgetsAFileThatVanishes() {
    put("a.jpg", 100, 1);
    list(ROOM);
    pass(SETTLE);
    folder.clear();
    list(ROOM);
    put("a.jpg", 100, 1);

    assertThat(list(ROOM)).isEmpty();
    assertThat(sightings.stampOf(Path.of("b.jpg"))).isNull();
  }

  @Test
  void leavesNoRoomToAFileThatCannotBeRead() {
    unreadable.add(Path.of("secret.jpg"));
    put("secret.jpg", 100, 1);
    put("open.jpg", 100, 2);
    list(ROOM);
    assertThat(sightings.isStuck(Path.of("secret.jpg"))).isFalse();
    pass(SETTLE);

    assertThat(list(1)).containsExactly("open.jpg");
    assertThat(sightings.isStuck(Path.of("secret.jpg"))).isTrue();
    assertThat(sightings.isStuck(Path.of("open.jpg"))).isFalse();
  }

  @Test
  void takesAFileThatCanBeReadAtLast() {
    unreadable.add(Path.of("secret.jpg"));
    put("secret.jpg", 100, 1);
    list(ROOM);
    unreadable.clear();
    folder.put(Path.of("secret.jpg"), new FileStamp(Kind.FILE, 100, 1, 2, "1:1"));
    list(ROOM);
    pass(SETTLE);

    assertThat(list(ROOM)).containsExactly("secret.jpg");
  }

  @Test
  void remembersAHundredThousandFilesInFewMegabytes() {
    for (int n = 0; n < 100_000; n++) {
      put("/media/drop/alice/2026/holidays/IMG_" + n + ".jpg", n, n);
    }
    long before = used();
    list(ROOM);

    assertThat(used() - before).isLessThan(32L << 20);
  }

  private static long used() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private void put(String name, long size, long modified) {
    folder.put(
        Path.of(name), new FileStamp(Kind.FILE, size, modified, modified, "1:" + name.hashCode()));
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  private List<String> list(int room) {
    sightings.begin(room, path -> !inHand.contains(path));
    List<String> letThrough = new ArrayList<>();
    folder.forEach(
        (path, stamp) -> {
          if (sightings.see(path, stamp)) {
            letThrough.add(path.toString());
          }
        });
    sightings.end();
    return letThrough;
  }
}
