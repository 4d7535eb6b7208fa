package io.mediadrop.sandbox;

/** Answers each kind of misuse as the options say. */
final class Refusals {
  private final SandboxOptions options;

  Refusals(SandboxOptions options) {
    this.options = options;
  }

  Refused of(Refusal refusal) {
    SandboxOptions.Rejection chosen = options.refusals.get(refusal);
    return chosen == null
        ? new Refused(refusal.status, refusal.type, refusal.message)
        : new Refused(chosen.status(), chosen.type(), refusal.message);
  }
}
