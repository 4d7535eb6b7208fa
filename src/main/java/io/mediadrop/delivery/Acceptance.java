package io.mediadrop.delivery;

import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.base.Quantity;
import io.mediadrop.drop.Drop;
import io.mediadrop.drop.NotAccepted;
import io.mediadrop.drop.NotNow;
import io.mediadrop.drop.Reason;
import io.mediadrop.drop.SidecarMistake;
import io.mediadrop.file.HalfFiles;
import io.mediadrop.file.SidecarNames;
import io.mediadrop.lane.DroppedFile;
import io.mediadrop.ledger.SaidOnce;
import io.mediadrop.ledger.Unfinished;
import io.mediadrop.media.ContentType;
import io.mediadrop.media.MediaKind;
import io.mediadrop.media.MediaLook;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides whether a settled file is one to upload, or not yet, or not at all. */
public class Acceptance {

  private static final String DISAGREEING = "disagreeing";
  private static final String UNKNOWN = "unknown";

  private static final List<String> WORDS =
      Stream.concat(
              Arrays.stream(MediaKind.values()).map(Acceptance::word),
              Stream.of(UNKNOWN, DISAGREEING))
          .toList();

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  /** When it is looked again whether a half file has grown. */
  private static final Duration ANOTHER_LOOK = Duration.ofMinutes(1);

  private final SaidOnce saidOnce = new SaidOnce();
  private List<String> accepted;
  private Duration incompleteAfter;
  private HalfFiles halfFiles;

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
    MediaLook look = MediaLook.at(file.path());
    ContentType type = look.type();
    requireKind(type);
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
    requireAgreement(type, drop);
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

  private void requireKind(ContentType type) throws NotAccepted {
    String kind = type.kind().map(Acceptance::word).orElse(UNKNOWN);
    if (!accepted.contains(kind)) {
      throw new NotAccepted(
          new Reason(
              kind.equals(UNKNOWN)
                  ? "It is no media that the API takes, but " + type.type() + "."
                  : "It is " + type.type() + ", and " + kind + " is not among mediadrop.accept.",
              kind.equals(UNKNOWN) ? "the file's" : "the settings' or whoever put the file here",
              (kind.equals(UNKNOWN) ? "export it as a photo, video, gif or sound, or " : "")
                  + "add '"
                  + kind
                  + "' to mediadrop.accept"));
    }
  }

  /** Where content of no known kind is accepted for the sake of its name, that is told once. */
  private void requireAgreement(ContentType type, Drop drop) throws NotAccepted {
    if (type.agree() && type.isConfirmed()) {
      return;
    }
    String content = type.isConfirmed() ? type.byMagic() : "nothing that is known";
    if (!accepted.contains(DISAGREEING)) {
      throw new NotAccepted(
          new Reason(
              "Its name says %s, its content %s.".formatted(type.byName(), content),
              "whoever named the file, or the program that wrote it",
              "give it the right ending, or add '" + DISAGREEING + "' to mediadrop.accept"));
    }
    if (!type.isConfirmed() && saidOnce.isNew(drop)) {
      LOG.warn(
          "{} is uploaded as {} as its name says, but its content is {}: look whether it can be"
              + " opened; without '{}' in mediadrop.accept such files go to failed",
          drop,
          type.type(),
          content,
          DISAGREEING);
    }
  }

  private static String word(MediaKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Kinds of media, and {@code unknown} and {@code disagreeing}, separated by commas.
   *
   * @throws ConfigurationMistake if there is another word among them, or none
   */
  public void setAccepted(String kinds) {
    accepted =
        Arrays.stream(kinds.toLowerCase(Locale.ROOT).split("[\\s,]+"))
            .filter(word -> !word.isEmpty())
            .toList();
    if (accepted.isEmpty() || !WORDS.containsAll(accepted)) {
      throw new ConfigurationMistake(
          "mediadrop.accept (MEDIADROP_ACCEPT) is '%s': write some of %s, separated by commas"
              .formatted(kinds, String.join(", ", WORDS)));
    }
  }

  public void setHalfFiles(HalfFiles halfFiles) {
    this.halfFiles = halfFiles;
  }

  /** How long an empty or unfinished file must stay unchanged before it fails. */
  public void setIncompleteAfter(String time) {
    incompleteAfter = Quantity.time(time);
  }
}
