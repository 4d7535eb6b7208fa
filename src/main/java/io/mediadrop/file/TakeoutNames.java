package io.mediadrop.file;

import io.mediadrop.media.Format;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Google Takeout calls the facts about a media file. Whole, that is {@code
 * IMG_1.jpg.supplemental-metadata.json}; but names are cut off at some length, older ones lack the
 * word, and the number of one of several stands behind everything: {@code IMG_1.jpg.suppl(1).json}
 * is about {@code IMG_1(1).jpg}.
 */
final class TakeoutNames {

  private static final String ENDING = ".json";
  private static final String WORD = "supplemental-metadata";

  /** Characters that are left of a name, without its ending and number. */
  private static final int LONGEST = 46;

  private static final Pattern NUMBERED = Pattern.compile("(.+)(\\(\\d+\\))");

  private TakeoutNames() {}

  /** The whole name of such a file; any other name as it is. */
  static String whole(String name) {
    return mediaOf(name)
        .or(() -> beginningOfMedia(name))
        .map(media -> media + "." + WORD + ENDING)
        .orElse(name);
  }

  /** Whether such a file may be about this media file, whose name was too long for it. */
  static boolean mayBeAbout(String name, String media) {
    return mediaOf(name).isEmpty() && beginningOfMedia(name).filter(media::startsWith).isPresent();
  }

  private static Optional<String> mediaOf(String name) {
    String stem = stem(name);
    Matcher numbered = NUMBERED.matcher(stem);
    String number = numbered.matches() ? numbered.group(2) : "";
    String media = withoutWord(stem.substring(0, stem.length() - number.length()));
    int dot = media.lastIndexOf('.');
    return isMedia(media, dot)
        ? Optional.of(media.substring(0, dot) + number + media.substring(dot))
        : Optional.empty();
  }

  private static Optional<String> beginningOfMedia(String name) {
    String stem = stem(name);
    return stem.length() == LONGEST ? Optional.of(stem) : Optional.empty();
  }

  /** Empty if it is no such name. */
  private static String stem(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(ENDING)
        ? name.substring(0, name.length() - ENDING.length())
        : "";
  }

  private static String withoutWord(String stem) {
    int dot = stem.lastIndexOf('.');
    boolean word = dot > 0 && WORD.startsWith(stem.substring(dot + 1).toLowerCase(Locale.ROOT));
    return word ? stem.substring(0, dot) : stem;
  }

  private static boolean isMedia(String name, int dot) {
    return dot > 0
        && Format.ofExtension(name.substring(dot + 1).toLowerCase(Locale.ROOT)).isPresent();
  }
}
