package io.mediadrop.file;

import io.mediadrop.base.ConfigurationMistake;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which files are companions of media files, and of which: {@code IMG_1.xmp} and {@code
 * IMG_1.jpg.xmp} belong to {@code IMG_1.jpg}.
 */
public class CompanionNames {

  private static final String KEY = "mediadrop.drop.companions";

  /** Apple's edited versions and originals: {@code IMG_E0001} and {@code IMG_O0001}. */
  private static final Pattern EDITED = Pattern.compile("(IMG_)[EO](\\d+)");

  /** Sony's facts about a clip: {@code C0001M01}. */
  private static final Pattern CLIP = Pattern.compile("(.+)M\\d\\d");

  private final NamePatterns patterns;

  /**
   * What companions are called.
   *
   * @param globs patterns separated by blanks or commas, or {@code none}
   * @throws ConfigurationMistake if one is none
   */
  public CompanionNames(String globs) {
    patterns = NamePatterns.of(globs.trim().equals("none") ? "" : globs, KEY);
  }

  /** Whether the file of this name is no media itself, but something about one. */
  public boolean isCompanion(String name) {
    return patterns.match(name) || patterns.match(TakeoutNames.whole(name));
  }

  /** Whether a companion, by its name, is about a media file. */
  public static boolean isOf(String companion, String media) {
    return isWholeNameOf(companion, media)
        || stems(companion).contains(withoutEnding(media))
        || TakeoutNames.mayBeAbout(companion, media);
  }

  /** Whether a companion has the whole name of a media file in its own. */
  public static boolean isWholeNameOf(String companion, String media) {
    String rest = withoutEnding(TakeoutNames.whole(companion));
    return media.equals(rest) || media.equals(withoutEnding(rest));
  }

  /** What media files, with or without their endings, that a companion is about may be called. */
  public static List<String> mates(String companion) {
    String rest = withoutEnding(TakeoutNames.whole(companion));
    return Stream.concat(Stream.of(withoutEnding(rest)), stems(companion).stream())
        .distinct()
        .toList();
  }

  private static List<String> stems(String companion) {
    String stem = withoutEnding(companion);
    return Stream.of(EDITED.matcher(stem), CLIP.matcher(stem))
        .filter(Matcher::matches)
        .map(spelling -> spelling.group(1) + (spelling.groupCount() > 1 ? spelling.group(2) : ""))
        .collect(Collectors.toCollection(() -> new ArrayList<>(List.of(stem))));
  }

  /** The name without its last ending; a dot at the beginning is none. */
  public static String withoutEnding(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
