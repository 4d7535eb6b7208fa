package io.mediadrop.console;

import io.mediadrop.archive.Retry;
import io.mediadrop.base.Printable;
import io.mediadrop.ledger.FailedFiles.Failed;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts refused files back into their folders because a page was asked to. */
final class PutBack {

  private static final Logger LOG = LoggerFactory.getLogger("mediadrop");

  /**
   * What became of one.
   *
   * @param folder where it lies now; null if it stays
   * @param error why it stays; null if it went
   */
  record Result(long id, String lane, String name, String folder, String error) {}

  /**
   * What became of all.
   *
   * @param left how many of them stay where they are
   */
  record Results(long back, long left, List<Result> files) {}

  private final RefusedList refused;

  PutBack(RefusedList refused) {
    this.refused = refused;
  }

  /** Puts back which are meant, one after the other, whoever else may ask for it. */
  synchronized Results files(Predicate<Failed> meant) {
    List<Result> results = refused.all().filter(meant).map(this::file).toList();
    long left = results.stream().filter(result -> result.error() != null).count();
    return new Results(results.size() - left, left, results);
  }

  private Result file(Failed file) {
    Retry retry = refused.retry();
    String name = Printable.of(file.path());
    try {
      String folder = Printable.of(retry.back(file).getParent());
      LOG.info("{} {} goes back to {}, as asked for by the page", file.lane(), name, folder);
      return new Result(file.id(), file.lane(), name, folder, null);
    } catch (IOException e) {
      String error = Printable.of(String.valueOf(e.getMessage()));
      LOG.warn("{} {} was to go back, by the page, and stays: {}", file.lane(), name, error);
      return new Result(file.id(), file.lane(), name, null, error);
    }
  }
}
