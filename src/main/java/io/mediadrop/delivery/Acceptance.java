package io.mediadrop.delivery;

import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.base.Quantity;
import io.mediadrop.drop.Drop;
import io.mediadrop.drop.NotAccepted;
import io.mediadrop.drop.NotNow;
import io.mediadrop.drop.Reason;
import io.mediadrop.drop.SidecarMistake;
import io.mediadrop.file.HalfFiles;
import io.mediadrop.file.IgnoredNames;
import io.mediadrop.file.SidecarNames;
import io.mediadrop.lane.DroppedFile;
import io.mediadrop.ledger.Unfinished;
import io.mediadrop.media.ContentType;
import io.mediadrop.media.MediaLook;
import java.io.IOException;
import java.time.Duration;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** Decides whether a settled file is one to upload, or not yet, or not at all. */
public class Acceptance {

  /** When it is looked again whether a half file has grown. */
  private static final Duration ANOTHER_LOOK = Duration.ofMinutes(1);

  private AcceptedKinds accepted;
  private Duration incompleteAfter;
  private HalfFiles halfFiles;

  /** Whether the API has yet to get the file. */
  public boolean isToUpload(@Body Drop drop) {
    return drop.isToUpload();
  }

  /**
   * The drop with the content type that its file is to be uploaded as. A session that goes on has
   * been told it already.
   *
   * @throws NotNow if it may still be written to
   * @throws NotAccepted if it will not be uploaded
   * @throws IOException if it cannot be read
   */
  public Drop inspect(@Body Drop drop, @Variable("file") DroppedFile file)
      throws NotNow, NotAccepted, IOException {
    if (drop.sidecar() != null) {
      requireRight(drop);
    }
    requireFetched(file);
    if (file.size() == 0) {
      wait(file, "empty file", "the program that wrote it", "export or copy the file again");
    }
    byte[] content = file.content().bytes();
    MediaLook look =
        content == null ? MediaLook.at(file.path()) : MediaLook.at(file.path(), content);
    ContentType type = look.type();
    accepted.requireKind(type);
    if (!look.whole()) {
      wait(
          file,
          type.isConfirmed()
              ? "unfinished recording or copy: %s tells where it ends, and the file does not reach that"
                  .formatted(type.byMagic())
              : "unfinished copy: there is no content in the file",
          "the recorder's or the copy's, which was broken off",
          "finish or repair it, or copy it once more, and put it here again");
    }
    accepted.requireAgreement(type, drop);
    boolean told = drop.plan() != null && !drop.plan().hasExpired(System.currentTimeMillis());
    return told ? drop : drop.withType(type.type());
  }

  /** What lies beside it may say that a program is still fetching it. */
  private void requireFetched(DroppedFile file) throws Unfinished, NotAccepted, IOException {
    boolean empty = file.size() == 0;
    HalfFiles.Half half = empty ? halfFiles.of(file.path()) : halfFiles.noteOf(file.path());
    if (half == null) {
      return;
    }
    Duration left = incompleteAfter.minus(half.unchangedFor());
    if (!left.isNegative() && !left.isZero()) {
      throw new Unfinished(
          (empty ? "empty file" : "unfinished download") + " beside " + half.name(),
          left.compareTo(ANOTHER_LOOK) < 0 ? left : ANOTHER_LOOK,
          left);
    }
    if (!empty) {
      throw new NotAccepted(
          new Reason(
              "unfinished download: %s lies beside it and does not change any more"
                  .formatted(half.name()),
              "the download's, which was broken off",
              "finish the download, or delete that file if this one is whole, and put this one here again"));
    }
  }

  private static void requireRight(Drop drop) throws NotAccepted {
    SidecarMistake mistake = drop.sidecar().mistake();
    if (mistake != null) {
      throw new NotAccepted(
          new Reason(
              "Its sidecar %s is wrong: %s."
                  .formatted(SidecarNames.of(drop.name()), mistake.what()),
              "whoever wrote the sidecar",
              mistake.remedy()));
    }
  }

  private void wait(DroppedFile file, String what, String fault, String remedy)
      throws NotNow, NotAccepted {
    Duration left = incompleteAfter.minus(file.unchangedFor());
    if (left.isNegative() || left.isZero()) {
      throw new NotAccepted(new Reason(what, fault, remedy));
    }
    throw new Unfinished(what + " so far", left, left);
  }

  /**
   * Kinds of media, and {@code unknown} and {@code disagreeing}, separated by commas.
   *
   * @throws ConfigurationMistake if there is another word among them, or none
   */
  public void setAccepted(String kinds) {
    accepted = new AcceptedKinds(kinds);
  }

  /** The names that folders' files are ignored by, which those of half files are among. */
  public void setIgnoredNames(String globs) {
    halfFiles = new HalfFiles(new IgnoredNames(globs));
  }

  /** How long an empty or unfinished file must stay unchanged before it fails. */
  public void setIncompleteAfter(String time) {
    incompleteAfter = Quantity.time(time);
  }
}
