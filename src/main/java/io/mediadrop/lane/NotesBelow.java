package io.mediadrop.lane;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mediadrop.base.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a folder below a watched one is another home's or another lane's, by the note in it. */
class NotesBelow {

  private final WatchNote own;
  private final ObjectMapper json;

  /**
   * Reads notes for one home.
   *
   * @param own what this run on the home writes
   */
  NotesBelow(WatchNote own, ObjectMapper json) {
    this.own = own;
    this.json = json;
  }

  /**
   * Why the lane of this name must not take what lies in a folder, for people; null if it may. The
   * folder is another home's, or another lane's and was moved or copied here.
   */
  String refusal(Path folder, String lane) {
    Path file = folder.resolve(FolderNote.NAME);
    if (!file.toFile().exists()) {
      return null;
    }
    try {
      return anothers(WatchNote.of(Files.readAllBytes(file), json), lane);
    } catch (IOException e) {
      return "it is watched by another mediadrop, whose note %s cannot be read"
          .formatted(FolderNote.NAME);
    }
  }

  private String anothers(WatchNote note, String lane) {
    if (note.isOfEarlierRun(own)) {
      return "it was lane %s's in what may well be an earlier run (process %d) of this same home, whose data were deleted since: write that lane again, or delete the note %s in it if its files are for lane %s"
          .formatted(Printable.of(note.lane()), note.process(), FolderNote.NAME, lane);
    }
    if (!note.homeId().equals(own.homeId())) {
      return "it %s watched by %s: if that one is gone for good, delete the note %s in it"
          .formatted(note.left() ? "was last" : "is", note, FolderNote.NAME);
    }
    return note.lane().equals(lane)
        ? null
        : "it is the folder of lane %s, and was moved or copied here: move it back, or delete the note %s in it if its files are for lane %s"
            .formatted(Printable.of(note.lane()), FolderNote.NAME, lane);
  }
}
