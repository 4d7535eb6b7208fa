package io.mediadrop.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.file.FileStamp;
import io.mediadrop.file.FileStamp.Kind;
import io.mediadrop.file.Strays;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** When a file with a sidecar is taken, by a clock that the test sets. */
class SidecarSightingsTest {

  private static final Duration SETTLE = Duration.ofSeconds(5);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Path PHOTO = Path.of("a.jpg");
  private static final Path SIDECAR = Path.of("a.jpg.meta.json");

  private final Map<Path, FileStamp> folder = new TreeMap<>();
  private final Set<Path> unreadable = new HashSet<>();
  private final List<Path> orphans = new ArrayList<>();
  private final Strays strays = new Strays();
  private long now;
  private Sightings sightings = sightings(false);
  private SidecarRounds rounds = rounds(false);

  private Sightings sightings(boolean required) {
    return new Sightings(() -> now, SETTLE, path -> !unreadable.contains(path), required);
  }

  private SidecarRounds rounds(boolean required) {
    return new SidecarRounds(sightings, required, Duration.ofMinutes(10), HOUR, new Folder());
  }

  private final class Folder implements SidecarRounds.Place {

    @Override
    public void putAway(Path sidecar) {
      orphans.add(sidecar);
    }

    @Override
    public Path shown(Path file) {
      return file;
    }
  }

  @Test
  void waitsUntilItsSidecarHasSettledToo() {
    put(PHOTO, 1);
    list();
    pass(SETTLE.minusSeconds(1));
    put(SIDECAR, 1);
    list();
    pass(Duration.ofSeconds(2));
    put(SIDECAR, 2);
    list();

    Sightings.Choice choice = choose();
    assertThat(choice.files()).isEmpty();
    assertThat(choice.untilNext()).isEqualTo(SETTLE.toNanos());

    pass(SETTLE);
    assertThat(choose().files()).containsExactly(PHOTO);
  }

  @Test
  void isTakenWithoutOneWhereNoneIsThere() {
    put(PHOTO, 1);
    put(Path.of("b.jpg.meta.json"), 1);
    list();
    pass(SETTLE);

    assertThat(choose().files()).containsExactly(PHOTO);
    assertThat(sightings.sidecars().stampOf(PHOTO)).isNull();
  }

  @Test
  void waitsForOneWhereItIsRequired() {
    sightings = sightings(true);
    rounds = rounds(true);
    put(PHOTO, 1);
    list();
    pass(Duration.ofDays(1));
    list();
    assertThat(choose().files()).isEmpty();
    assertThat(sightings.lackingSidecar(Duration.ofMinutes(10))).containsExactly(PHOTO);

    put(SIDECAR, 1);
    list();
    pass(SETTLE);
    assertThat(choose().files()).containsExactly(PHOTO);
    assertThat(sightings.lackingSidecar(Duration.ofMinutes(10))).isEmpty();
  }

  @Test
  void waitsWhileItsSidecarMustNotBeRead() {
    unreadable.add(SIDECAR);
    put(PHOTO, 1);
    put(SIDECAR, 1);
    list();
    pass(SETTLE);
    list();
    assertThat(choose().files()).isEmpty();
    assertThat(sightings.sidecars().unreadable()).containsExactly(SIDECAR);

    unreadable.clear();
    put(SIDECAR, 2);
    list();
    pass(SETTLE);
    assertThat(choose().files()).containsExactly(PHOTO);
  }

  @Test
  void leavesASidecarAloneForAnHourAfterItsFileWasSeenLast() {
    put(PHOTO, 1);
    put(SIDECAR, 1);
    list();
    pass(HOUR.multipliedBy(3));
    list();
    assertThat(orphans).isEmpty();

    folder.remove(PHOTO);
    list();
    pass(HOUR.minusNanos(1));
    list();
    assertThat(orphans).isEmpty();

    pass(Duration.ofNanos(1));
    list();
    assertThat(orphans).containsExactly(SIDECAR);
  }

  @Test
  void countsNoTimeInWhichNobodyLooked() {
    put(PHOTO, 1);
    put(SIDECAR, 1);
    list();
    folder.remove(PHOTO);
    pass(HOUR.multipliedBy(3));
    list();
    assertThat(orphans).isEmpty();

    pass(HOUR);
    list();
    assertThat(orphans).containsExactly(SIDECAR);
  }

  @Test
  void leavesASidecarAloneThatIsStillWrittenTo() {
    for (int minutes = 0; minutes < 120; minutes += 50) {
      put(SIDECAR, minutes);
      list();
      pass(Duration.ofMinutes(50));
    }
    list();
    assertThat(orphans).isEmpty();

    pass(Duration.ofMinutes(10));
    list();
    assertThat(orphans).containsExactly(SIDECAR);
  }

  @Test
  void isOptionalOrRequiredAndNothingElse() {
    assertThat(SidecarRounds.isRequired("required", "alice")).isTrue();
    assertThat(SidecarRounds.isRequired("optional", "alice")).isFalse();
    assertThatThrownBy(() -> SidecarRounds.isRequired("yes", "alice"))
        .isInstanceOf(ConfigurationMistake.class)
        .hasMessage("lane alice: sidecar is 'yes': write optional or required");
  }

  @Test
  void trustsNoTimeOfAFile() {
    folder.put(SIDECAR, new FileStamp(Kind.FILE, 10, 1, 1, "1:1"));
    list();

    assertThat(orphans).isEmpty();
  }

  private void put(Path path, long modified) {
    folder.put(path, new FileStamp(Kind.FILE, 10, modified, modified, "1:" + path));
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  private void list() {
    sightings.begin();
    folder.forEach(
        (path, stamp) -> {
          if (path.toString().endsWith(".meta.json")) {
            sightings.sidecars().see(path, stamp);
          } else {
            sightings.see(path, stamp);
          }
        });
    sightings.end();
    rounds.make(strays, Set.of());
  }

  private Sightings.Choice choose() {
    return sightings.choose(10, 10, path -> true);
  }
}
