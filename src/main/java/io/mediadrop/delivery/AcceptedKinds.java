package io.mediadrop.delivery;

import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.drop.Drop;
import io.mediadrop.drop.NotAccepted;
import io.mediadrop.drop.Reason;
import io.mediadrop.ledger.SaidOnce;
import io.mediadrop.media.ContentType;
import io.mediadrop.media.MediaKind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The kinds of media that people want uploaded. */
class AcceptedKinds {

  private static final String DISAGREEING = "disagreeing";
  private static final String UNKNOWN = "unknown";

  private static final List<String> ALL =
      Stream.concat(
              Arrays.stream(MediaKind.values()).map(AcceptedKinds::word),
              Stream.of(UNKNOWN, DISAGREEING))
          .toList();

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  private final SaidOnce saidOnce = new SaidOnce();
  private final List<String> words;

  /**
   * Kinds of media, and {@code unknown} and {@code disagreeing}, separated by commas.
   *
   * @throws ConfigurationMistake if there is another word among them, or none
   */
  AcceptedKinds(String kinds) {
    words =
        Arrays.stream(kinds.toLowerCase(Locale.ROOT).split("[\\s,]+"))
            .filter(word -> !word.isEmpty())
            .toList();
    if (words.isEmpty() || !ALL.containsAll(words)) {
      throw new ConfigurationMistake(
          "mediadrop.accept (MEDIADROP_ACCEPT) is '%s': write some of %s, separated by commas"
              .formatted(kinds, String.join(", ", ALL)));
    }
  }

  void requireKind(ContentType type) throws NotAccepted {
    String kind = type.kind().map(AcceptedKinds::word).orElse(UNKNOWN);
    if (!words.contains(kind)) {
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
  void requireAgreement(ContentType type, Drop drop) throws NotAccepted {
    if (type.agree() && type.isConfirmed()) {
      return;
    }
    String content = type.isConfirmed() ? type.byMagic() : "nothing that is known";
    if (!words.contains(DISAGREEING)) {
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
}
