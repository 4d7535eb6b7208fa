package io.mediadrop.health;

import io.mediadrop.api.UploadApi;

/** Whether the API answers. */
final class ApiCheck {

  private final UploadApi api;

  ApiCheck(UploadApi api) {
    this.api = api;
  }

  /** As far as the last calls have shown; none is made to find out. */
  Finding look() {
    return api.health()
        .outage()
        .map(
            outage ->
                Finding.well(
                        "the API has answered nobody for %s: %s; uploads wait and go on by"
                                .formatted(Says.time(outage.time()), outage.said())
                            + " themselves. See that this machine reaches it (docs/network.md)")
                    .with("awaySeconds", outage.time().toSeconds()))
        .orElseGet(() -> Finding.well("nothing is known to be wrong with the API"));
  }
}
