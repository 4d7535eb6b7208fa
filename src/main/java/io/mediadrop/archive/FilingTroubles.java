package io.mediadrop.archive;

import io.mediadrop.base.Printable;
import io.mediadrop.drop.Drop;
import io.mediadrop.file.Home;
import io.mediadrop.lane.Intake;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells once why a drop cannot be put away, and has no more taken if nothing can be. */
class FilingTroubles {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  /** Drops whose trouble was told already. */
  private final Set<Long> told = ConcurrentHashMap.newKeySet();

  /** Why drops could not be put away at the last try. */
  private final Map<Long, String> troubles = new ConcurrentHashMap<>();

  private final Home home;
  private final Intake intake;

  FilingTroubles(Home home, Intake intake) {
    this.home = home;
    this.intake = intake;
  }

  void tell(Drop drop, IOException e) {
    troubles.put(drop.id(), inWords(e));
    if (!home.disks().canTake(drop.source(), drop.size())) {
      intake.close(
          Intake.Trouble.FILING,
          "nothing can be put away in %s (%s): see that archive and failed have room and may be written"
              .formatted(home.root(), e));
    } else if (told.add(drop.id())) {
      LOG.error(
          "{} cannot be put away, which is tried again: {}", drop, Printable.of(e.toString()));
    }
  }

  /** The drop is put away. */
  void forget(Drop drop) {
    told.remove(drop.id());
    troubles.remove(drop.id());
  }

  /** Why a drop could not be put away, for people elsewhere, whom folders here do not concern. */
  String of(Drop drop) {
    return troubles.getOrDefault(drop.id(), "the disk does not answer");
  }

  private static String inWords(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "mediadrop lacks the right to move it";
    }
    if (e instanceof FileSystemException refused) {
      return refused.getReason() == null
          ? refused.getClass().getSimpleName()
          : Printable.of(refused.getReason());
    }
    return Printable.of(String.valueOf(e.getMessage()));
  }
}
