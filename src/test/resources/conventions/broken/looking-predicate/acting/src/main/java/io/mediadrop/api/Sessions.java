package io.mediadrop.api;

public class Sessions {

  public boolean isNeeded(Drop drop) {
    if (drop.plan() == null) {
      return true;
    }
    ledger.write(handle -> abandon(handle, drop));
    return true;
  }
}
