package io.mediadrop.lanefile;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * A route template that lanes are made from.
 *
 * @param name its id, which ends in {@code -lane}
 * @param parameters its parameters, each with whether it must be given
 */
public record LaneTemplate(String name, Map<String, Boolean> parameters) {

  private static final Pattern NAME = Pattern.compile("[a-z0-9-]+-lane");

  /** Whether a template of this id makes lanes. */
  public static boolean isLane(String id) {
    return NAME.matcher(id).matches();
  }
}
