package io.mediadrop.lane;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.base.Printable;
import io.mediadrop.file.Home;
import io.mediadrop.lane.FolderNote.Holder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds the watched folders for this home, so that no other one takes files from them as well. */
public class WatchNotes implements CamelContextAware {

  /** The name of the note in each folder. */
  public static final String NAME = FolderNote.NAME;

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop.lane");

  private final Map<Path, FolderNote> notes = new ConcurrentHashMap<>();
  private final Map<Path, String> refusals = new ConcurrentHashMap<>();
  private final WatchBeat beat = new WatchBeat(this::beat);
  private Home home;
  private ObjectMapper json;
  private WatchNote own;
  private NotesBelow below;
  private CamelContext camelContext;

  /** Begins to show which folders are held. */
  public void open() throws IOException {
    own = HomeId.note(home, Instant.now());
    below = new NotesBelow(own, json);
    beat.start();
  }

  /** Shows that no more. */
  public void close() {
    beat.stop();
  }

  /**
   * Takes the lane's folder for this home.
   *
   * @throws ConfigurationMistake if another home has it, or perhaps has
   */
  public void take(Lane lane) {
    FolderNote note =
        notes.computeIfAbsent(
            lane.place(),
            folder -> new FolderNote(folder, own.of(lane.name()), json, System::nanoTime));
    try {
      Holder holder = note.look();
      refusals.remove(lane.place());
      if (holder != Holder.OURS) {
        String why = holder == Holder.UNCLEAR && isOfEarlierRun(note) ? earlier(lane) : held(lane);
        if (holder == Holder.ANOTHERS) {
          refusals.put(lane.place(), why);
        }
        throw new ConfigurationMistake(why);
      }
      beat.begin(lane);
    } catch (IOException e) {
      throw new ConfigurationMistake(
          "lane %s: %s cannot be written in %s: allow it (%s)"
              .formatted(lane, FolderNote.NAME, Printable.of(lane.directory()), e),
          e);
    }
  }

  private String held(Lane lane) {
    return "lane %s: the folder %s is watched by %s: stop that one, or give each home a folder of its own; its note %s counts no more once it has stayed the same for %d s"
        .formatted(
            lane,
            Printable.of(lane.directory()),
            holderOf(lane),
            FolderNote.NAME,
            FolderNote.DEAD.toSeconds());
  }

  private String earlier(Lane lane) {
    return "lane %s: the folder %s was watched by %s"
        .formatted(lane, Printable.of(lane.directory()), earlier(notes.get(lane.place())));
  }

  private static String earlier(FolderNote note) {
    return "what may well be an earlier run (process %d) of this same home, whose data were deleted since: it is taken over once the note %s in it has stayed the same for %d s"
        .formatted(note.others().process(), FolderNote.NAME, FolderNote.DEAD.toSeconds());
  }

  private boolean isOfEarlierRun(FolderNote note) {
    return note.others() != null && note.others().isOfEarlierRun(own);
  }

  /** What it is waited for, for people, where it is not clear of folders yet whose they are. */
  public Optional<String> unclear() {
    List<Path> folders =
        notes.entrySet().stream()
            .filter(entry -> entry.getValue().holder() == Holder.UNCLEAR)
            .filter(entry -> entry.getValue().others() != null)
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    return folders.stream().findFirst().map(first -> unclear(first, folders.size() - 1));
  }

  private String unclear(Path first, int others) {
    FolderNote note = notes.get(first);
    String folders =
        "The folder %s%s was watched by "
            .formatted(Printable.of(first), others > 0 ? " (and %d more)".formatted(others) : "");
    return isOfEarlierRun(note)
        ? folders + earlier(note)
        : folders
            + "%s: it is looked for up to %d s whether that one still lives"
                .formatted(note.others(), FolderNote.DEAD.toSeconds());
  }

  /**
   * Lets other homes have the lane's folder. At a stop the note stays: what lies there is the
   * lane's all the same, for homes that watch a folder around it, and wherever it is moved to.
   */
  public void leave(Lane lane) {
    if (!beat.end(lane)) {
      return;
    }
    try {
      notes.remove(lane.place()).leave(!camelContext.isStopping());
    } catch (IOException e) {
      LOG.debug("the note of {} stays and becomes stale", lane, e);
    }
  }

  /** Whether the lane's folder is this home's, as was seen a moment ago. */
  public boolean holds(Lane lane) {
    FolderNote note = notes.get(lane.place());
    return note != null && note.holder() == Holder.OURS;
  }

  /** The same, as is seen now: while this machine slept, another home may have taken the folder. */
  public boolean stillHolds(Lane lane) {
    try {
      FolderNote note = notes.get(lane.place());
      return note != null && note.isStillOurs();
    } catch (IOException e) {
      LOG.debug("the note of {} cannot be read", lane, e);
      return holds(lane);
    }
  }

  /** Who else has the lane's folder, for people. */
  public String holderOf(Lane lane) {
    FolderNote note = notes.get(lane.place());
    return note == null || note.others() == null ? "another mediadrop" : note.others().toString();
  }

  /**
   * Why the lane of this name must not take what lies in a folder, by the note in it, for people;
   * null if it may. The folder is another home's, or another lane's and was moved or copied here.
   */
  public String anothersIn(Path folder, String lane) {
    return below.refusal(folder, lane);
  }

  /** Whether it is not clear of any folder yet whose it is. */
  public boolean hasUnclear() {
    return notes.values().stream().anyMatch(note -> note.holder() == Holder.UNCLEAR);
  }

  /** Why a lane was refused whose folder another home has that was seen to live. */
  public Optional<String> refusal() {
    return refusals.values().stream().findFirst();
  }

  private void beat(Lane lane) {
    FolderNote note = notes.get(lane.place());
    try {
      if (note != null && lane.isThere()) {
        note.look();
      }
    } catch (IOException | RuntimeException e) {
      LOG.debug("{} cannot show that its folder is held", lane, e);
    }
  }

  @Override
  public CamelContext getCamelContext() {
    return camelContext;
  }

  @Override
  public void setCamelContext(CamelContext camelContext) {
    this.camelContext = camelContext;
  }

  public void setHome(Home home) {
    this.home = home;
  }

  public void setJson(ObjectMapper json) {
    this.json = json;
  }
}
