package io.mediadrop.assets;

import java.util.ArrayList;
import java.util.List;

/**
 * One attempt at all files behind an answer.
 *
 * @param toFetch those that the archive endpoint does not have, and that may be had
 * @param failures what has failed so far
 */
public record AssetRun(List<Asset> toFetch, List<Exception> failures) {

  /** An attempt at these files, of which none has failed yet. */
  AssetRun(List<Asset> toFetch) {
    this(toFetch, new ArrayList<>());
  }
}
