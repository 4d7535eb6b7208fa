package io.mediadrop.ledger;

import io.mediadrop.drop.Drop;
import io.mediadrop.drop.Part;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was sent of a drop in parts, as long as the ledger knows it. */
public class SentParts {

  /**
   * One part.
   *
   * @param size in bytes
   * @param md5 in hex
   */
  public record SentPart(long size, String md5) {}

  private final DropRows rows = new DropRows();
  private final Ledger ledger;

  public SentParts(Ledger ledger) {
    this.ledger = ledger;
  }

  /** The parts of a drop in their order; none where not all of them are known. */
  public List<SentPart> of(long dropId) {
    Optional<Drop> drop = ledger.read(handle -> rows.byId(handle, dropId));
    if (drop.isEmpty() || drop.get().plan() == null) {
      return List.of();
    }
    Map<Integer, String> sums = ledger.acknowledgedParts(drop.get());
    List<Part> parts = drop.get().plan().parts();
    return parts.stream().allMatch(part -> sums.get(part.number()) != null)
        ? parts.stream().map(part -> new SentPart(part.length(), sums.get(part.number()))).toList()
        : List.of();
  }
}
